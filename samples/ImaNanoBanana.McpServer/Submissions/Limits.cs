using System.Globalization;
using ImaNanoBanana.Mcp.Answers;

namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Creates the texts about limits: the errors when a call costs too much, and the question to the person. Pure.</summary>
internal static class Limits
{
    public static ErrorFacts CallLimitExceeded(decimal price, decimal limit, bool isOfCall, Wording say) => new()
    {
        Kind = nameof(ImaErrorKind.BudgetExceeded),
        Reason = say[
            $"This call costs {AnswerText.Number(price)} credits. The limit for one call is {AnswerText.Number(limit)}. "
                + "Nothing was submitted.",
            $"需要 {AnswerText.Number(price)} 积分，超过单次调用的上限（{AnswerText.Number(limit)} 积分）。未提交请求。"],
        Suggestion = isOfCall
            ? say[
                "Choose a smaller size, fewer images or the cheaper model, or raise max_credits.", "请选择更小的尺寸、更少的图片或更便宜的模型，或提高 max_credits。"]
            : say[
                "Choose a smaller size, fewer images or the cheaper model. Only the person who runs the server can raise --max-credits.",
                "请选择更小的尺寸、更少的图片或更便宜的模型。--max-credits 只能由启动服务器的用户提高。"],
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.Never,
        RequiredCredits = price,
        AllowedCredits = limit,
    };

    public static ErrorFacts BudgetExceeded(
        decimal price, Spending spending, DateTimeOffset? leavesRoomAt, DateTimeOffset now, Wording say) =>
        new()
        {
            Kind = nameof(ImaErrorKind.BudgetExceeded),
            Reason = say[
            $"This call costs {AnswerText.Number(price)} credits. Of the budget of "
                + $"{AnswerText.Number(spending.Limit)} credits in 24 hours, {AnswerText.Number(spending.Left)} are left and "
                + $"{AnswerText.Number(spending.Limit - spending.Left)} are spent. "
                    + "Nothing was submitted.",
            $"需要 {AnswerText.Number(price)} 积分，但 24 小时预算（{AnswerText.Number(spending.Limit)} 积分）仅剩 "
                + $"{AnswerText.Number(spending.Left)} 积分，已用 {AnswerText.Number(spending.Limit - spending.Left)} 积分。未提交请求。"],
            Suggestion = leavesRoomAt is { } at
            ? say[
                $"The budget has room for it at {Time(at)}. Only the person who runs the server can raise --budget.",
                $"预算在 {Time(at)} 后足够支付此请求。--budget 只能由启动服务器的用户提高。"]
            : say[
                "Choose a smaller size, fewer images or the cheaper model. Only the person who runs the server can raise --budget.",
                "请选择更小的尺寸、更少的图片或更便宜的模型。--budget 只能由启动服务器的用户提高。"],
            CreditsSpent = CreditsSpent.No,
            Retry = leavesRoomAt is null ? RetryWord.Never : RetryWord.After,
            RetryAfterSeconds = leavesRoomAt is { } later ? Math.Max(0, Math.Ceiling((later - now).TotalSeconds)) : null,
            RequiredCredits = price,
            AllowedCredits = spending.Left,
        };

    /// <summary>Creates the question to the person.</summary>
    public static string Question(ImageQuote quote, Spending spending, string prompt, Wording say)
    {
        const int most = 200;
        var shown = prompt.Length <= most ? prompt : prompt[..(char.IsHighSurrogate(prompt[most - 1]) ? most - 1 : most)] + "…";
        var submission =
            $"{AnswerText.Describe(quote.ModelName, quote.Size?.Value, quote.AspectRatio?.Value)}, "
                + $"{AnswerText.Images(quote.Count, say)}: {shown}";
        var (price, left, limit) = (AnswerText.Number(quote.Credits), AnswerText.Number(spending.Left), AnswerText.Number(spending.Limit));
        return spending.FreesAt is { } at
            ? say[
                $"This will cost {price} credits. {left} of {limit} credits are left in the budget until {Time(at)}.\n{submission}",
                $"本次将消耗 {price} 积分；在 {Time(at)} 之前，预算剩余 {left} 积分（共 {limit} 积分）。\n{submission}"]
            : say[
                $"This will cost {price} credits. {left} of {limit} credits are left in the budget of 24 hours.\n{submission}",
                $"本次将消耗 {price} 积分；24 小时预算剩余 {left} 积分（共 {limit} 积分）。\n{submission}"];
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
