using System.Text.Json.Serialization;

namespace ImaNanoBanana.Testing;

/// <summary>Defines the JSON of the state file. It is read strictly, so that a damaged file is not taken for a state.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(SimulatorState))]
internal sealed partial class SimulatorStateJsonContext : JsonSerializerContext;
