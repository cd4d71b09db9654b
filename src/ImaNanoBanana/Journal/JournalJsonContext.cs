using System.Text.Json.Serialization;

namespace ImaNanoBanana.Journal;

/// <summary>The JSON of what journals keep.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskJournalEntryDocument))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
