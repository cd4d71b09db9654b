using System.ComponentModel;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments that submissions and quotes have in common.</summary>
internal abstract record ChoiceArguments
{
    [Description("An id or words: Nano Banana 2 (default), Pro, cheapest, best 4K landscape. list_models lists the models.")]
    public string? Model { get; init; }

    [Description("512px, 1K, 2K or 4K.")]
    public string? Size { get; init; }

    [Description("16:9, portrait and so on.")]
    public string? AspectRatio { get; init; }

    [Description("The number of images; each is charged. Default 1.")]
    public int? Count { get; init; }

    /// <summary>A model that does not need an argument may pass an empty string.</summary>
    public ImageRequest Choose(ImageRequest request) => RequestWords.Apply(request, Model, Given(Size), Given(AspectRatio));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
