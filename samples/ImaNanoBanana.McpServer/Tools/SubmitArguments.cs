using System.ComponentModel;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What both kinds of order take.</summary>
internal abstract record SubmitArguments : ChoiceArguments
{
    [JsonPropertyOrder(-1)]
    [Description("What the picture shows, or what becomes of the images. Sent unchanged.")]
    public required string Prompt { get; init; }

    [JsonPropertyOrder(1)]
    [Description("Any text. An identical call returns the task there is; a new text orders, and buys, another picture of the same words.")]
    public string? Variation { get; init; }

    [JsonPropertyOrder(1)]
    [Description("The most credits that this call may cost. It can lower the server's limit and not raise it.")]
    public decimal? MaxCredits { get; init; }

    /// <summary>The images to work from; null where the tool takes none.</summary>
    public abstract IReadOnlyList<string>? Sources();
}
