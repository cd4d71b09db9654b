using System.Text.Json;

namespace ImaNanoBanana.OpenApi.Models;

/// <summary>Contains the submission itself: the model, the price and the inner parameters.</summary>
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
