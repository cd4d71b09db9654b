using System.Text.Json.Serialization;

namespace ImaNanoBanana.Journal;

/// <summary>Defines the JSON of journal entries.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskJournalEntryDocument))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
