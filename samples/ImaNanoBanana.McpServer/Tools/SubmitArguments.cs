using System.ComponentModel;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments that generate_image and edit_image have in common.</summary>
internal abstract record SubmitArguments : ChoiceArguments
{
    [JsonPropertyOrder(-1)]
    [Description("What the image shows, or how to change the source images. Sent unchanged.")]
    public required string Prompt { get; init; }

    [JsonPropertyOrder(1)]
    [Description("Any text. An identical call returns the existing task; a new text submits the request again, which is charged again.")]
    public string? Variation { get; init; }

    [JsonPropertyOrder(1)]
    [Description("The most credits that this call may cost. It can lower the server's limit but not raise it.")]
    public decimal? MaxCredits { get; init; }

    [JsonPropertyOrder(1)]
    [Description("Seconds that this call may take, 0 to 600.")]
    public decimal? WaitSeconds { get; init; }

    /// <summary>The source images; null if the tool takes none.</summary>
    public abstract IReadOnlyList<string>? Sources();
}
