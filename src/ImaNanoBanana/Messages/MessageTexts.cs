using System.Globalization;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Watching;
using static ImaNanoBanana.Messages.LanguageTexts;

namespace ImaNanoBanana.Messages;

/// <summary>Puts the messages of one image together from the texts of a language. Pure.</summary>
internal sealed class MessageTexts(ImaLanguage language)
{
    private readonly LanguageTexts _texts = LanguageTexts.ForLanguage(language);

    public string Received => _texts.Received;

    public string Started(ImageQuote quote) => Lines(
    [
        _texts.Starting,
        Fill(_texts.Model, quote.ModelName),
        Expected(_texts.Expected, quote.MinExpectedDuration, quote.MaxExpectedDuration),
        .. Changes(quote.Adjustments),
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
    /// <param name="reported">The changes that an earlier message told of.</param>
    public string Succeeded(ImageResult result, IReadOnlyList<ImageAdjustment> reported)
    {
        var task = result.Task;
        return Lines(
        [
            _texts.Ready,
            task.ModelName is { } name ? Fill(_texts.Model, name) : null,
            Expected(_texts.Took, task.MinExpectedDuration, task.MaxExpectedDuration, result.Elapsed)
                ?? Fill(_texts.TookUnestimated, Seconds(result.Elapsed)),
            .. Changes(task.Adjustments.Except(reported)),
            task.Credits is { } credits ? Fill(_texts.Credits, Points(credits)) : null,
            Undelivered(result) > 0 ? Fill(_texts.Missing, Undelivered(result), Undelivered(result) + result.Images.Count) : null,
            .. Links(result.Images),
        ]);
    }

    private static int Undelivered(ImageResult result) => result.Failures.Count + result.MissingCount;

    /// <param name="error">What went wrong.</param>
    /// <param name="other">What another model would cost, where that is worth saying.</param>
    public string Failed(ImaException error, ImageQuote? other)
    {
        var advice = error.GetAdvice(language);
        var suggestion = other is null
            ? advice.Suggestion
            : Fill(_texts.AlternativeModel, advice.Suggestion, other.ModelName, Points(other.Credits));
        return Lines(
        [
            _texts.Failed,
            Fill(_texts.Reason, advice.Reason),
            suggestion.Length > 0 ? Fill(_texts.Suggestion, suggestion) : null,
            .. Links(error.ReadyImages),

            // Where another order might pay twice, nobody is asked for one.
            error.RetryGuidance == ImaRetryGuidance.CheckTask ? null : _texts.Offer,
        ]);
    }

    private IEnumerable<string> Links(IEnumerable<GeneratedImage> images) =>
        images.Select(image => Fill(_texts.Link, UntrustedText.Address(image.Url)));

    /// <summary>
    /// What people asked for and get otherwise. Ids and prices of the product list are not their business; the price is told
    /// anyway.
    /// </summary>
    private IEnumerable<string> Changes(IEnumerable<ImageAdjustment> adjustments) =>
        from adjustment in adjustments
        let text = adjustment.Parameter switch
        {
            "size" => _texts.OtherSize,
            "aspect_ratio" => _texts.OtherAspectRatio,
            _ => null,
        }
        where text is not null
        select Fill(text, adjustment.From, adjustment.To);

    private static string? Expected(string text, TimeSpan? least, TimeSpan? most, TimeSpan? actual = null) =>
        least is { } from && most is { } to ? Fill(text, Seconds(from), Seconds(to), actual is { } took ? Seconds(took) : null) : null;

    /// <summary>Without the noughts behind the point that a product list may write.</summary>
    private static string Points(decimal credits) => credits.ToString("0.########", CultureInfo.InvariantCulture);

    private static long Seconds(TimeSpan time) => (long)time.TotalSeconds;

    private static string Lines(IEnumerable<string?> lines) => string.Join('\n', lines.OfType<string>());
}
