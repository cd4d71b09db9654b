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
        var detail = say.IsChinese ? Chinese(error, advice) : English(error, advice);
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

    private static string English(ImaException error, ImaAdvice advice) => string.Join(
        ' ',
        Sentences(error.Message).Where(sentence => IsNews(sentence) && !IsOneOf(sentence, advice.Reason, advice.Suggestion)
            && !IsListOfAllowed(sentence, error, advice)));

    private static string Chinese(ImaException error, ImaAdvice advice)
    {
        if (error is { RequiredCredits: { } required, AllowedCredits: { } allowed })
        {
            return string.Create(CultureInfo.InvariantCulture, $"需要 {required} 积分，可用 {allowed} 积分");
        }

        var said = error.ServiceMessage is { Length: > 0 } text && !advice.Reason.Contains(text, StringComparison.Ordinal) ? text : null;
        if (said is not null || (error.Code is not null && error.ServiceMessage is null))
        {
            var code = error.Code is { } number ? string.Create(CultureInfo.InvariantCulture, $" {number}") : "";
            return $"服务返回{code}：{said}".TrimEnd('：');
        }

        return string.Join(
            '、',
            QuotedValue().Matches(error.Message).Select(match => match.Groups[1].Value).Distinct().Where(
                value => !string.IsNullOrWhiteSpace(value) && value != error.ParameterName && !error.AllowedValues.Contains(value)));
    }

    /// <summary>Other lines of the report say what was charged, and the names of the SDK are for developers.</summary>
    private static bool IsNews(string sentence) =>
        sentence is not ("Nothing was submitted." or "No credits were spent." or "Credits were spent." or "Credits may have been spent."
            or "Do not submit it again: check your account history.")
            && !sentence.StartsWith("Idempotency key: ", StringComparison.Ordinal) && !NameOfTheSdk().IsMatch(sentence);

    /// <summary>Whether the suggestion lists the same values.</summary>
    private static bool IsListOfAllowed(string sentence, ImaException error, ImaAdvice advice) =>
        sentence.StartsWith("Use one of", StringComparison.Ordinal) && error.AllowedValues is [var first, ..]
            && advice.Suggestion.Contains(first, StringComparison.Ordinal);

    private static bool IsOneOf(string sentence, params string[] texts) => texts.Contains(sentence.TrimEnd('.', ' '));

    private static string[] Sentences(string message) => SentenceEnd().Split(message);

    [GeneratedRegex(@"(?<=[.!?])\s+")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"Async\b|\bAdditionalModels\b|\bnull\b|\bMaxCredits\b")]
    private static partial Regex NameOfTheSdk();

    [GeneratedRegex("(?<![A-Za-z])'([^']+)'")]
    private static partial Regex QuotedValue();
}
