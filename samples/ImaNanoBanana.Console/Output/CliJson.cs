using System.Text.Json.Serialization;
using ImaNanoBanana.Cli.Batch;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Serializes the JSON that the program reads and writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ResultDocument))]
[JsonSerializable(typeof(OriginalDocument))]
[JsonSerializable(typeof(UsageDocument))]
[JsonSerializable(typeof(AttachedDocument))]
[JsonSerializable(typeof(IReadOnlyList<SubmissionDocument>))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(QuoteDocument))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(UploadDocument))]
[JsonSerializable(typeof(SimulatorDocument))]
[JsonSerializable(typeof(MessageDocument))]
[JsonSerializable(typeof(BatchDocument))]
[JsonSerializable(typeof(BatchLine))]
[JsonSerializable(typeof(IReadOnlyList<CheckDocument>))]
[JsonSerializable(typeof(IReadOnlyList<PriceDocument>))]
internal sealed partial class CliJson : JsonSerializerContext;
