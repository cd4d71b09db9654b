using System.Text.Json.Serialization;

namespace ImaNanoBanana.Results;

/// <summary>The JSON of task handles.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageTaskHandle))]
[JsonSerializable(typeof(IReadOnlyList<AdjustmentHandle>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
internal sealed partial class ImageTaskJsonContext : JsonSerializerContext;
