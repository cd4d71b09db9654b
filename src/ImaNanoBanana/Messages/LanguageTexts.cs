using System.Globalization;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Messages;

/// <summary>Contains all texts for users in one language. {0} and {1} are placeholders for numbers and names.</summary>
internal sealed record LanguageTexts
{
    public required string Received { get; init; }

    public required string Starting { get; init; }

    public required string Model { get; init; }

    public required string Expected { get; init; }

    public required string Size { get; init; }

    public required string AspectRatio { get; init; }

    public required string Credits { get; init; }

    public required string Generating { get; init; }

    public required string GeneratingUnestimated { get; init; }

    public required string Waited { get; init; }

    public required string WaitedLonger { get; init; }

    public required string WaitedUnestimated { get; init; }

    public required string Ready { get; init; }

    public required string Took { get; init; }

    public required string TookUnestimated { get; init; }

    public required string Link { get; init; }

    public required string Failed { get; init; }

    public required string Reason { get; init; }

    public required string Suggestion { get; init; }

    public required string Offer { get; init; }

    /// <summary>Says before the offer that another attempt is charged.</summary>
    public required string ChargedAgain { get; init; }

    /// <summary>The credits of a task that an earlier message submitted.</summary>
    public required string CreditsBefore { get; init; }

    /// <summary>Reports that the size differs from the request. The arguments are the requested and the actual value.</summary>
    public required string OtherSize { get; init; }

    public required string OtherAspectRatio { get; init; }

    /// <summary>Reports missing images. The arguments are the number of missing images and the total number.</summary>
    public required string Missing { get; init; }

    /// <summary>A suggestion, followed by the alternative model and its price.</summary>
    public required string AlternativeModel { get; init; }

    /// <summary>A reason, followed by the message of the service.</summary>
    public required string Quoted { get; init; }

    /// <summary>The suggestion that is used if the service specifies a waiting time.</summary>
    public required string Wait { get; init; }

    /// <summary>The words for second, minute, hour and day, each in the singular and the plural.</summary>
    public required IReadOnlyList<(string One, string Several)> Units { get; init; }

    /// <summary>The separator between the items of a list.</summary>
    public required string Comma { get; init; }

    /// <summary>The advice for each cause. {0} in a suggestion is the list of the available values.</summary>
    public required IReadOnlyDictionary<AdviceCause, ImaAdvice> Advice { get; init; }

    /// <returns>The texts of the language, or the English texts if the language has none.</returns>
    public static LanguageTexts ForLanguage(ImaLanguage language) =>
        language.Code.Equals("zh", StringComparison.OrdinalIgnoreCase)
            || language.Code.StartsWith("zh-", StringComparison.OrdinalIgnoreCase)
            ? ChineseTexts.Table
            : EnglishTexts.Table;

    /// <summary>Inserts values into a text. Cleans untrusted values, because the result is shown to users.</summary>
    public static string Fill(string text, params object?[] values) =>
        string.Format(
            CultureInfo.InvariantCulture,
            text,
            [.. values.Select(value => value is string words ? UntrustedText.Clean(words) : value)]);

    public ImaAdvice AdviceOn(ImaException error)
    {
        var cause = AdviceCauses.FromError(error);
        var advice = Advice[cause];
        var words = AdviceCauses.IsQuoted(cause) ? ServiceWords.ForPeople(error.ServiceMessage) : null;
        return new ImaAdvice(
            words is null ? advice.Reason : Fill(Quoted, advice.Reason, words),
            cause == AdviceCause.RateLimit && error.RetryAfter is { } wait && wait > TimeSpan.Zero
                ? Fill(Wait, Durations.Describe(wait, Units))
                : Fill(advice.Suggestion, string.Join(Comma, error.AllowedValues)));
    }
}
