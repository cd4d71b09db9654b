using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Submissions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>Shows the price to the person, if the client can, and waits for the decision.</summary>
internal sealed class Confirmation(McpServer server, ServerSettings settings, TimeProvider time) : IConfirmation
{
    private const string Accept = "accept";

    /// <value>10 minutes: a price that is confirmed later is no longer expected to be spent.</value>
    private static readonly TimeSpan LongestQuestion = TimeSpan.FromMinutes(10);

    public async Task ConfirmAsync(ImageQuote quote, Spending spending, string prompt, CancellationToken cancellationToken)
    {
        // A capability without a mode means forms.
        if (!settings.Confirm || server.ClientCapabilities?.Elicitation is not { } asks || (asks.Form is null && asks.Url is not null))
        {
            return;
        }

        ElicitResult answer;
        using var expired = new CancellationTokenSource(LongestQuestion, time);
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, cancellationToken);
        try
        {
            answer = await server.ElicitAsync(
                new ElicitRequestParams { Message = Limits.Question(quote, spending, prompt, settings.Say), RequestedSchema = new() },
                asking.Token);
        }
        catch (OperationCanceledException) when (expired.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Unconfirmed(
                settings.Say["The person did not answer within 10 minutes. Nothing was submitted.", "用户在 10 分钟内未答复，因此未提交请求。"],
                settings.Say["Repeat the call when the person is there.", "请在用户可以答复时重新调用。"],
                RetryWord.After);
        }
        catch (Exception exception) when (exception is McpException or InvalidOperationException)
        {
            throw Unconfirmed(
                settings.Say["The price could not be confirmed. Nothing was submitted.", "无法请用户确认价格，因此未提交请求。"],
                settings.Say["Try again, or ask the person to start the server with --no-confirm.", "请重试，或让用户使用 --no-confirm 启动服务器。"],
                RetryWord.Safe);
        }

        if (answer.Action != Accept)
        {
            throw Unconfirmed(
                settings.Say["The person did not agree to the price. Nothing was submitted.", "用户未同意该价格，因此未提交请求。"],
                settings.Say["Do not ask again unless the person requests it.", "除非用户要求，请勿再次询问。"],
                RetryWord.Never);
        }
    }

    private static ToolException Unconfirmed(string reason, string suggestion, string retry) => new(new ErrorFacts
    {
        Kind = "NotConfirmed",
        Reason = reason,
        Suggestion = suggestion,
        CreditsSpent = CreditsSpent.No,
        Retry = retry,
    });
}
