using ImaNanoBanana.Mcp.Answers;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>Creates the errors of a price that the person has not agreed to. Nothing was submitted.</summary>
internal static class Unconfirmed
{
    public static ToolException Declined(Wording say) => Create(
        say["The person did not agree to the price. Nothing was submitted.", "用户未同意该价格，因此未提交请求。"],
        say["Do not ask again unless the person requests it.", "除非用户要求，请勿再次询问。"],
        RetryWord.Never);

    public static ToolException NotAnswered(Wording say) => Create(
        say["The person did not answer within 10 minutes. Nothing was submitted.", "用户在 10 分钟内未答复，因此未提交请求。"],
        say["Repeat the call when the person is there.", "请在用户可以答复时重新调用。"],
        RetryWord.After);

    public static ToolException NotAsked(Wording say) => Create(
        say["The price could not be confirmed. Nothing was submitted.", "无法请用户确认价格，因此未提交请求。"],
        say["Try again, or ask the person to start the server with --no-confirm.", "请重试，或让用户使用 --no-confirm 启动服务器。"],
        RetryWord.Safe);

    private static ToolException Create(string reason, string suggestion, string retry) => new(new ErrorFacts
    {
        Kind = "NotConfirmed",
        Reason = reason,
        Suggestion = suggestion,
        CreditsSpent = CreditsSpent.No,
        Retry = retry,
    });
}
