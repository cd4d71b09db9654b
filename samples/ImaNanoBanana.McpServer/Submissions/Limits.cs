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

    /// <param name="price">The price of the call.</param>
    /// <param name="usage">What is spent and left.</param>
    /// <param name="limit">The budget.</param>
    /// <param name="freeAfter">The time until the budget has room for the call; null if waiting does not help.</param>
    /// <param name="now">The current time.</param>
    /// <param name="say">The language.</param>
    public static ErrorFacts BudgetExceeded(
        decimal price, CreditUsage usage, decimal limit, TimeSpan? freeAfter, DateTimeOffset now, Wording say) => new()
        {
            Kind = nameof(ImaErrorKind.BudgetExceeded),
            Reason = say[
            $"This call costs {AnswerText.Number(price)} credits. Of the budget of {AnswerText.Number(limit)} credits in 24 hours, "
                + $"{AnswerText.Number(usage.Remaining)} are left and {AnswerText.Number(limit - usage.Remaining)} are spent. "
                + "Nothing was submitted.",
            $"需要 {AnswerText.Number(price)} 积分，但 24 小时预算（{AnswerText.Number(limit)} 积分）仅剩 "
                + $"{AnswerText.Number(usage.Remaining)} 积分，已用 {AnswerText.Number(limit - usage.Remaining)} 积分。未提交请求。"],
            Suggestion = freeAfter is { } wait
            ? say[
                $"The budget has room for it at {Time(now + wait)}. Only the person who runs the server can raise --budget.",
                $"预算在 {Time(now + wait)} 后足够支付此请求。--budget 只能由启动服务器的用户提高。"]
            : say[
                "Choose a smaller size, fewer images or the cheaper model. Only the person who runs the server can raise --budget.",
                "请选择更小的尺寸、更少的图片或更便宜的模型。--budget 只能由启动服务器的用户提高。"],
            CreditsSpent = CreditsSpent.No,
            Retry = freeAfter is null ? RetryWord.Never : RetryWord.After,
            RetryAfterSeconds = freeAfter is { } after ? Math.Max(0, Math.Ceiling(after.TotalSeconds)) : null,
            RequiredCredits = price,
            AllowedCredits = usage.Remaining,
        };

    /// <summary>Creates the question to the person.</summary>
    public static string Question(ImageQuote quote, CreditUsage usage, decimal limit, string prompt, Wording say)
    {
        const int most = 200;
        var shown = prompt.Length <= most ? prompt : prompt[..(char.IsHighSurrogate(prompt[most - 1]) ? most - 1 : most)] + "…";
        var submission =
            $"{AnswerText.Describe(quote.ModelName, quote.Size?.Value, quote.AspectRatio?.Value)}, "
                + $"{AnswerText.Images(quote.Count, say)}: {shown}";
        var (price, left, all) = (AnswerText.Number(quote.Credits), AnswerText.Number(usage.Remaining), AnswerText.Number(limit));
        return say[
            $"This will cost {price} credits. {left} of {all} credits are left in the budget of 24 hours.\n{submission}",
            $"本次将消耗 {price} 积分；24 小时预算剩余 {left} 积分（共 {all} 积分）。\n{submission}"];
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
