using System.Globalization;
using System.Text.RegularExpressions;
using ImaNanoBanana.Cli.Output;

namespace ImaNanoBanana.Cli.Running;

/// <summary>Describes what the advice for an error leaves out, in the user's language. Pure.</summary>
internal static partial class FailureDetail
{
    /// <returns>
    /// In English, the sentences of the message that say something new. In Chinese, the values that the message names, and what the
    /// service said. Null if there is nothing to add.
    /// </returns>
    public static string? Create(ImaException error, ImaAdvice advice, Wording say)
    {
        var detail = say.IsChinese ? Chinese(error, advice) : English(error.Message, advice);
        return detail.Length == 0 ? null : detail;
    }

    /// <returns>Why a line of a batch cannot be used. Nothing was submitted.</returns>
    public static string OfALine(ImaException error, Wording say)
    {
        var advice = error.GetAdvice(say.Language);
        if (!say.IsChinese)
        {
            return string.Join(' ', Sentences(error.Message).Where(IsNews));
        }

        var values = Chinese(error, advice);
        return $"{advice.Reason}{(values.Length == 0 ? "" : $"（{values}）")}"
            + (advice.Suggestion.Length == 0 ? "" : $"。{advice.Suggestion}") + "。";
    }

    private static string English(string message, ImaAdvice advice) => string.Join(
        ' ',
        Sentences(message).Where(sentence => IsNews(sentence) && !IsOneOf(sentence, advice.Reason, advice.Suggestion)));

    private static string Chinese(ImaException error, ImaAdvice advice)
    {
        if (error is { RequiredCredits: { } required, AllowedCredits: { } allowed })
        {
            return string.Create(CultureInfo.InvariantCulture, $"需要 {required} 积分，可用 {allowed} 积分");
        }

        if (error.ServiceMessage is { Length: > 0 } said && !advice.Reason.Contains(said, StringComparison.Ordinal))
        {
            return error.Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"服务返回 {code}：{said}") : $"服务返回：{said}";
        }

        return string.Join('、', QuotedValue().Matches(error.Message).Select(match => match.Groups[1].Value).Distinct());
    }

    /// <summary>The line about credits already says what was charged, and the names of methods are for developers.</summary>
    private static bool IsNews(string sentence) =>
        sentence is not ("Nothing was submitted." or "No credits were spent." or "Credits were spent." or "Credits may have been spent.")
            && !sentence.Contains("Async", StringComparison.Ordinal);

    private static bool IsOneOf(string sentence, params string[] texts) => texts.Contains(sentence.TrimEnd('.', ' '));

    private static string[] Sentences(string message) => SentenceEnd().Split(message);

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex("(?<![A-Za-z])'([^']+)'")]
    private static partial Regex QuotedValue();
}
