using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ImaNanoBanana.Json;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Results;

namespace ImaNanoBanana.Journal;

/// <summary>The stored form of a <see cref="TaskJournalEntry"/>, version 1. Members are only added, never removed.</summary>
internal sealed class TaskJournalEntryDocument
{
    private const int CurrentVersion = 1;

    private static readonly (TaskJournalState State, string Word)[] Words =
    [
        (TaskJournalState.Claimed, "claimed"),
        (TaskJournalState.Unknown, "unknown"),
        (TaskJournalState.Accepted, "accepted"),
        (TaskJournalState.Completed, "completed"),
        (TaskJournalState.Failed, "failed"),
    ];

    [JsonPropertyName("v")]
    public JsonElement? Version { get; init; }

    public JsonElement? IdempotencyKey { get; init; }

    public JsonElement? RequestHash { get; init; }

    public JsonElement? State { get; init; }

    /// <summary>ISO 8601.</summary>
    public JsonElement? ClaimedAt { get; init; }

    /// <summary>ISO 8601.</summary>
    public JsonElement? EndedAt { get; init; }

    public JsonElement? ClaimId { get; init; }

    public JsonElement? Registration { get; init; }

    public JsonElement? Tag { get; init; }

    /// <summary>A task handle; without an id while the id is unknown.</summary>
    public ImageTaskHandle? Task { get; init; }

    public static TaskJournalEntryDocument FromEntry(TaskJournalEntry entry) => new()
    {
        Version = JsonSerializer.SerializeToElement(CurrentVersion, JournalJsonContext.Default.Decimal),
        IdempotencyKey = Text(entry.IdempotencyKey),
        RequestHash = Text(entry.RequestHash),
        State = Text(Array.Find(Words, word => word.State == entry.State).Word),
        ClaimedAt = Text(entry.ClaimedAt.ToString("O", CultureInfo.InvariantCulture)),
        EndedAt = Text(entry.EndedAt?.ToString("O", CultureInfo.InvariantCulture)),
        ClaimId = Text(entry.ClaimId),
        Registration = Text(entry.Registration),
        Tag = Text(entry.Tag),
        Task = ImageTaskHandle.FromTask(entry.Submitted),
    };

    /// <returns>The entry; null if there is no key.</returns>
    public TaskJournalEntry? ToEntry()
    {
        if (JsonReading.NonEmptyText(IdempotencyKey) is not { } key)
        {
            return null;
        }

        var submission = Task?.ToSubmittedTask() ?? new ImageTask("");
        var word = JsonReading.Text(State);
        var known = Array.FindIndex(Words, candidate => candidate.Word == word);
        var state = known < 0 ? TaskJournalState.Unknown : Words[known].State;
        return new TaskJournalEntry(key, JsonReading.Text(RequestHash) ?? "")
        {
            // A state that requires a task without naming it says nothing about the outcome.
            State = submission.Id.Length == 0 && state != TaskJournalState.Claimed ? TaskJournalState.Unknown : state,
            ClaimedAt = Time(ClaimedAt) ?? default,
            EndedAt = Time(EndedAt),
            ClaimId = JsonReading.Text(ClaimId) ?? "",
            Registration = JsonReading.Text(Registration) ?? "",
            Tag = JsonReading.NonEmptyText(Tag),
            Submitted = submission,
        };
    }

    private static DateTimeOffset? Time(JsonElement? value) => DateTimeOffset.TryParse(
        JsonReading.Text(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static JsonElement? Text(string? value) =>
        value is null ? null : JsonSerializer.SerializeToElement(value, JournalJsonContext.Default.String);
}
