using System.ComponentModel;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What an order and a quote have in common.</summary>
internal abstract record ChoiceArguments
{
    [Description("An id or words: Nano Banana 2 (default), Pro, cheapest, best 4K landscape. list_models has what is on offer.")]
    public string? Model { get; init; }

    [Description("512px, 1K, 2K or 4K.")]
    public string? Size { get; init; }

    [Description("16:9, portrait and so on.")]
    public string? AspectRatio { get; init; }

    [Description("How many images; each has its price. Default 1.")]
    public int? Count { get; init; }

    /// <summary>A model that has nothing to say about an argument may pass an empty text.</summary>
    public ImageRequest Choose(ImageRequest request) => RequestWords.Apply(request, Model, Given(Size), Given(AspectRatio));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
