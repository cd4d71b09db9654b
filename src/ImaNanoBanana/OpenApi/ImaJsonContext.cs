using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.OpenApi.Models;

namespace ImaNanoBanana.OpenApi;

/// <summary>Defines the JSON that the SDK exchanges with the service.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateTaskRequest))]
[JsonSerializable(typeof(CreditCast))]
[JsonSerializable(typeof(TaskDetailRequest))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class ImaJsonContext : JsonSerializerContext;
