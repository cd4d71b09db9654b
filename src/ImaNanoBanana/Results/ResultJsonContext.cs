using System.Text.Json.Serialization;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Results;

/// <summary>
/// The JSON of results and their parts. A member of the wrong type, a null in place of a required value, or a member that is given twice
/// is an error.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(AdjustmentHandle))]
[JsonSerializable(typeof(FailureDocument))]
[JsonSerializable(typeof(ImageDocument))]
[JsonSerializable(typeof(ResultDocument))]
internal sealed partial class ResultJsonContext : JsonSerializerContext;
