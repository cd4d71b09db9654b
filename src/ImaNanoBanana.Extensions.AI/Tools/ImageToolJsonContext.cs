using System.Text.Json.Serialization;

namespace ImaNanoBanana.Tools;

/// <summary>The JSON of the tools' answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageToolAnswer))]
internal sealed partial class ImageToolJsonContext : JsonSerializerContext;
