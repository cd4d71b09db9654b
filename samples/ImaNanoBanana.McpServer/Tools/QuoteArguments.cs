using System.ComponentModel;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>What quote_image takes. A price does not depend on the words.</summary>
internal sealed record QuoteArguments : ChoiceArguments
{
    [JsonPropertyOrder(1)]
    [Description("The images to work from, as for edit_image; none for generate_image.")]
    public IReadOnlyList<string>? Images { get; init; }
}
