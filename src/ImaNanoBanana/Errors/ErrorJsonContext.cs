using System.Text.Json.Serialization;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Errors;

/// <summary>
/// The JSON of errors. A member of the wrong type, a null in place of a required value, or a member that is given twice
/// is an error.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(CancellationDocument))]
internal sealed partial class ErrorJsonContext : JsonSerializerContext;
