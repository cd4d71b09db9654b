using ImaNanoBanana.Studio.Texts;

namespace ImaNanoBanana.Studio.Api;

/// <summary>What an image will cost.</summary>
/// <param name="Credits">The price of all images.</param>
/// <param name="CreditsPerImage">The price of one image.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Model">The id of the model.</param>
/// <param name="ModelName">The name of the model.</param>
internal sealed record QuoteDocument(decimal Credits, decimal CreditsPerImage, int Count, string Model, string ModelName)
{
    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public double? MinSeconds { get; init; }

    public double? MaxSeconds { get; init; }

    /// <summary>What will differ from the request.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public static QuoteDocument Create(ImageQuote quote, ImaLanguage language) =>
        new(quote.Credits, quote.CreditsPerImage, quote.Count, quote.Model.Id, quote.ModelName)
        {
            Size = quote.Size?.Value,
            AspectRatio = quote.AspectRatio?.Value,
            MinSeconds = quote.MinExpectedDuration?.TotalSeconds,
            MaxSeconds = quote.MaxExpectedDuration?.TotalSeconds,
            Notes = [.. quote.Adjustments.Select(adjustment => NoteTexts.Describe(adjustment, language))],
        };
}
