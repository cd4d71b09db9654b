using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What both kinds of order take.</summary>
internal abstract record OrderArguments
{
    [Description("What the picture shows, or what becomes of the images. Sent unchanged.")]
    public required string Prompt { get; init; }

    [Description("An id or words: Nano Banana 2 (default), Pro, cheapest, best 4K landscape. list_models has what is on offer.")]
    public string? Model { get; init; }

    [Description("512px, 1K, 2K or 4K.")]
    public string? Size { get; init; }

    [Description("16:9, portrait and so on.")]
    public string? AspectRatio { get; init; }

    [Description("How many images; each has its price. Default 1.")]
    public int? Count { get; init; }

    [Description("Any text. An identical call returns the task there is; a new text orders, and buys, another picture of the same words.")]
    public string? Variation { get; init; }

    [Description("The most credits that this call may cost. It can lower the server's limit and not raise it.")]
    public decimal? MaxCredits { get; init; }

    /// <summary>The images to work from; null where the tool takes none.</summary>
    public abstract IReadOnlyList<string>? Sources();
}
