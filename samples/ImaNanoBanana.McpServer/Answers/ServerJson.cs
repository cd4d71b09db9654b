using System.Text.Json.Serialization;
using ImaNanoBanana.Mcp.Tools;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Serializes the arguments and answers of the tools.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ImageAnswer))]
[JsonSerializable(typeof(ModelsAnswer))]
[JsonSerializable(typeof(QuoteAnswer))]
[JsonSerializable(typeof(GenerateArguments))]
[JsonSerializable(typeof(EditArguments))]
[JsonSerializable(typeof(QuoteArguments))]
[JsonSerializable(typeof(ModelsArguments))]
[JsonSerializable(typeof(TaskArguments))]
internal sealed partial class ServerJson : JsonSerializerContext;
