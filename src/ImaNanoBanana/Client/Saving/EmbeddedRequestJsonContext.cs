using System.Text.Json.Serialization;

namespace ImaNanoBanana.Client.Saving;

/// <summary>The JSON of requests in image files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmbeddedRequestDocument))]
internal sealed partial class EmbeddedRequestJsonContext : JsonSerializerContext;
