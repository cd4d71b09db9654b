using System.ComponentModel;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments of quote_image. It takes whatever the other tools take; the price does not depend on all of it.</summary>
internal sealed record QuoteArguments : ChoiceArguments
{
    [JsonPropertyOrder(1)]
    [Description("The source images, as for edit_image; omit them for generate_image.")]
    public IReadOnlyList<string>? Images { get; init; }

    [JsonPropertyOrder(1)]
    public string? Prompt { get; init; }

    [JsonPropertyOrder(1)]
    public string? Variation { get; init; }

    [JsonPropertyOrder(1)]
    public decimal? MaxCredits { get; init; }

    [JsonPropertyOrder(1)]
    public decimal? WaitSeconds { get; init; }
}
