using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What quote_image takes. A price does not depend on the words.</summary>
internal sealed record QuoteArguments
{
    [Description("An id or words: Nano Banana 2 (default), Pro, cheapest, best 4K landscape.")]
    public string? Model { get; init; }

    [Description("512px, 1K, 2K or 4K.")]
    public string? Size { get; init; }

    [Description("16:9, portrait and so on.")]
    public string? AspectRatio { get; init; }

    [Description("How many images; each has its price. Default 1.")]
    public int? Count { get; init; }

    [Description("The images to work from, as for edit_image; none for generate_image.")]
    public IReadOnlyList<string>? Images { get; init; }
}
