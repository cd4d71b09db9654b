using System.Text.Json.Serialization;

namespace ImaNanoBanana.Journal.FileLedger;

/// <summary>Defines the JSON of account files. What is missing, or has the wrong type, is an error: the file is then damaged.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(AccountCredits))]
internal sealed partial class AccountJsonContext : JsonSerializerContext;
