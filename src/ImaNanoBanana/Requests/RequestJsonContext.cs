using System.Text.Json.Serialization;
using ImaNanoBanana.Json;

namespace ImaNanoBanana.Requests;

/// <summary>
/// The JSON of requests and their images. A member of the wrong type, a null in place of a required value, or a member that is given twice
/// is an error.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(InputDocument))]
[JsonSerializable(typeof(RequestDocument))]
internal sealed partial class RequestJsonContext : JsonSerializerContext;
