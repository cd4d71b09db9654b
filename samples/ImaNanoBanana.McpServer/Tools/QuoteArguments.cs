using System.ComponentModel;
using System.Text.Json.Serialization;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary>The arguments of quote_image. The price does not depend on the prompt.</summary>
internal sealed record QuoteArguments : ChoiceArguments
{
    [JsonPropertyOrder(1)]
    [Description("The source images, as for edit_image; omit them for generate_image.")]
    public IReadOnlyList<string>? Images { get; init; }
}
