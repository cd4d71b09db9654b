using System.Globalization;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Messages;

/// <summary>Everything that people are told, in one language (wire contract, vocabulary). {0}, {1} are figures and names.</summary>
internal sealed record LanguageTexts
{
    public required string Received { get; init; }

    public required string Starting { get; init; }

    public required string Model { get; init; }

    public required string Expected { get; init; }

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

    /// <summary>Something is ordered or made otherwise than asked for; from, then to.</summary>
    public required string OtherSize { get; init; }

    public required string OtherAspectRatio { get; init; }

    /// <summary>Images that are missing; how many, then of how many.</summary>
    public required string Missing { get; init; }

    /// <summary>Behind a suggestion: the model to take instead, and its price.</summary>
    public required string AlternativeModel { get; init; }

    /// <summary>A reason, and the service's own words about it.</summary>
    public required string Quoted { get; init; }

    /// <summary>A suggestion where the service says how long to wait.</summary>
    public required string Wait { get; init; }

    /// <summary>Second, minute, hour and day, each for one and for several.</summary>
    public required IReadOnlyList<(string One, string Several)> Units { get; init; }

    /// <summary>Between the items of a list.</summary>
    public required string Comma { get; init; }

    /// <summary>What to tell about each cause; {0} in a suggestion is the list of what is offered.</summary>
    public required IReadOnlyDictionary<AdviceCause, ImaAdvice> Advice { get; init; }

    /// <returns>The language's texts; English where there are none.</returns>
    public static LanguageTexts ForLanguage(ImaLanguage language) =>
        language.Code.Equals("zh", StringComparison.OrdinalIgnoreCase)
            || language.Code.StartsWith("zh-", StringComparison.OrdinalIgnoreCase)
            ? ChineseTexts.Table
            : EnglishTexts.Table;

    /// <summary>Texts of others are made harmless here, where they get into what people read.</summary>
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
