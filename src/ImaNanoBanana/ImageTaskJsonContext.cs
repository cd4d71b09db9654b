using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>The JSON of task handles and of what journals keep.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageTaskHandle))]
[JsonSerializable(typeof(JournalEntryDocument))]
[JsonSerializable(typeof(IReadOnlyList<AdjustmentHandle>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
internal sealed partial class ImageTaskJsonContext : JsonSerializerContext;
