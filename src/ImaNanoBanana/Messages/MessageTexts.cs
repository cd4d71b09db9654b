using System.Globalization;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Watching;
using static ImaNanoBanana.Messages.LanguageTexts;

namespace ImaNanoBanana.Messages;

/// <summary>Composes the messages about one image from the texts of a language. Pure.</summary>
internal sealed class MessageTexts(ImaLanguage language)
{
    private readonly LanguageTexts _texts = LanguageTexts.ForLanguage(language);

    public string Received => _texts.Received;

    public string Started(ImageQuote quote) => Lines(
    [
        _texts.Starting,
        Fill(_texts.Model, quote.ModelName),
        Expected(_texts.Expected, quote.MinExpectedDuration, quote.MaxExpectedDuration),
        .. SizeAndRatio(quote),
        Fill(_texts.Credits, Points(quote.Credits)),
    ]);

    public string Generating(ImageTask task, TimeSpan elapsed) =>
        (TaskWatcher.Estimate(task, elapsed), task.MaxExpectedDuration) is ({ } percent, { } most)
            ? Lines(
            [
                Fill(_texts.Generating, percent),
                Fill(elapsed > most ? _texts.WaitedLonger : _texts.Waited, Seconds(elapsed), Seconds(most)),
            ])
            : Lines([_texts.GeneratingUnestimated, Fill(_texts.WaitedUnestimated, Seconds(elapsed))]);

    /// <param name="result">The result.</param>
    /// <param name="reported">The adjustments that an earlier message already reported.</param>
    /// <param name="isRepeated">Whether an earlier message with the same key submitted the task.</param>
    public string Succeeded(ImageResult result, IReadOnlyList<ImageAdjustment> reported, bool isRepeated = false)
    {
        var task = result.Task;
        return Lines(
        [
            _texts.Ready,
            task.ModelName is { } name ? Fill(_texts.Model, name) : null,
            Expected(_texts.Took, task.MinExpectedDuration, task.MaxExpectedDuration, result.Elapsed)
                ?? Fill(_texts.TookUnestimated, Seconds(result.Elapsed)),
            .. Changes(task.Adjustments.Except(reported)),
            task.Credits is { } credits ? Fill(isRepeated ? _texts.CreditsBefore : _texts.Credits, Points(credits)) : null,
            Undelivered(result) > 0 ? Fill(_texts.Missing, Undelivered(result), Undelivered(result) + result.Images.Count) : null,
            .. Links(result.Images),
        ]);
    }

    private static int Undelivered(ImageResult result) => result.Failures.Count + result.MissingCount;

    /// <param name="error">The error.</param>
    /// <param name="other">The quote for an alternative model, if one is suggested; otherwise null.</param>
    public string Failed(ImaException error, ImageQuote? other)
    {
        var advice = error.GetAdvice(language);
        var isOffered = RetryOffer.IsMade(error);
        var suggestion = other is null
            ? advice.Suggestion
            : Fill(_texts.AlternativeModel, advice.Suggestion, other.ModelName, Points(other.Credits));
        return Lines(
        [
            _texts.Failed,
            Fill(_texts.Reason, advice.Reason),
            suggestion.Length > 0 ? Fill(_texts.Suggestion, suggestion) : null,
            .. Links(error.ReadyImages),
            isOffered && error.RetryGuidance == ImaRetryGuidance.SubmitAgainAtNewCost ? _texts.ChargedAgain : null,
            isOffered ? _texts.Offer : null,
        ]);
    }

    private IEnumerable<string> Links(IEnumerable<GeneratedImage> images) =>
        images.Select(image => Fill(_texts.Link, UntrustedText.Address(image.Url)));

    /// <summary>
    /// Lists the adjustments that matter to users: size and aspect ratio. Ids and prices of the product list are left out; the
    /// message contains the price anyway.
    /// </summary>
    private IEnumerable<string> Changes(IEnumerable<ImageAdjustment> adjustments) =>
        from adjustment in adjustments
        let text = adjustment.Parameter switch
        {
            ParameterNames.Size => _texts.OtherSize,
            ParameterNames.AspectRatio => _texts.OtherAspectRatio,
            _ => null,
        }
        where text is not null
        select Fill(text, adjustment.From, adjustment.To);

    /// <summary>Lists the size and the aspect ratio of a quote, and what was requested instead where that differs.</summary>
    private IEnumerable<string> SizeAndRatio(ImageQuote quote)
    {
        var changes = quote.Adjustments.Select(static adjustment => adjustment.Parameter).ToHashSet();
        if (quote.Size is { } size && !changes.Contains(ParameterNames.Size))
        {
            yield return Fill(_texts.Size, size.Value);
        }

        if (quote.AspectRatio is { } ratio && !changes.Contains(ParameterNames.AspectRatio))
        {
            yield return Fill(_texts.AspectRatio, ratio.Value);
        }

        foreach (var change in Changes(quote.Adjustments))
        {
            yield return change;
        }
    }

    private static string? Expected(string text, TimeSpan? least, TimeSpan? most, TimeSpan? actual = null) =>
        least is { } from && most is { } to ? Fill(text, Seconds(from), Seconds(to), actual is { } took ? Seconds(took) : null) : null;

    /// <summary>Formats credits without the trailing zeros that a product list may contain.</summary>
    private static string Points(decimal credits) => credits.ToString("0.########", CultureInfo.InvariantCulture);

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;

    private static string Lines(IEnumerable<string?> lines) => string.Join('\n', lines.OfType<string>());
}
