using System.Text.Json;

namespace ImaNanoBanana.OpenApi.Models;

/// <summary>The order itself: the model, the price and the inner parameters (wire contract, section 2).</summary>
internal sealed class CreateTaskParameters
{
    public required JsonElement AttributeId { get; init; }

    public required string ModelId { get; init; }

    public required string ModelName { get; init; }

    public required string ModelVersion { get; init; }

    public string App { get; init; } = "ima";

    public string Platform { get; init; } = "web";

    public required string Category { get; init; }

    public required JsonElement Credit { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Parameters { get; init; }
}
