using System.Text.Json.Serialization;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Planning;

/// <summary>
/// The JSON of quotes. A member of the wrong type, a null in place of a required value, or a member that is given twice
/// is an error.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(QuoteDocument))]
internal sealed partial class QuoteJsonContext : JsonSerializerContext;
