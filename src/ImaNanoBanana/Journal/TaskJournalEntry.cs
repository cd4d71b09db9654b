using System.Text.Json;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>
/// Represents what a journal keeps about one submission. Immutable. It contains neither the API key nor the prompt, only a hash of the
/// request.
/// </summary>
/// <param name="IdempotencyKey">The idempotency key of the submission.</param>
/// <param name="RequestHash">
/// The SHA-256 hash, in hexadecimal, of what was requested: task type, model, version, prompt, size, aspect ratio, count, parameters,
/// and the URL or the hash of the bytes of each source image. Empty in an entry that could not be read completely.
/// </param>
public sealed record TaskJournalEntry(string IdempotencyKey, string RequestHash)
{
    /// <summary>The state of the submission, as far as it is known.</summary>
    public TaskJournalState State { get; init; }

    /// <summary>
    /// When the key was claimed, by the journal's clock. While the submission is in progress: when the process that submits last
    /// reported that it is still working on it.
    /// </summary>
    public DateTimeOffset ClaimedAt { get; init; }

    /// <summary>When the end of the task was delivered, by the journal's clock; null before that.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Identifies the claim of the key. A key that was removed can be claimed again.</summary>
    public string ClaimId { get; init; } = "";

    /// <summary>The registration to which the submission belongs, if several registrations share a journal; otherwise empty.</summary>
    public string Registration { get; init; } = "";

    /// <summary>
    /// The tag of the request (<see cref="ImageRequest.Tag"/>); null if it had none, or if an earlier version of the SDK wrote the entry.
    /// </summary>
    public string? Tag { get; init; }

    /// <summary>
    /// The task; set once it is known. For <see cref="TaskJournalState.Unknown"/>, it is the task that a contradictory response named,
    /// or null.
    /// </summary>
    public ImageTask? Task
    {
        get => Submitted.Id.Length > 0 ? Submitted : null;
        init => Submitted = value ?? Submitted with { Id = "" };
    }

    /// <summary>The model that was submitted, also while the task is unknown.</summary>
    public ImageModel? Model => Submitted.Model;

    /// <summary>The size that was submitted, also while the task is unknown.</summary>
    public ImageSize? Size => Submitted.Size;

    /// <summary>The price of the submission in credits, also while the task is unknown.</summary>
    public decimal? Credits => Submitted.Credits;

    /// <summary>Whether the task is known and its end was not delivered. A crashed process leaves such entries to be watched.</summary>
    public bool IsPending => State == TaskJournalState.Accepted;

    /// <summary>Whether it is unknown if the submission was charged.</summary>
    public bool IsUnknown => State is TaskJournalState.Claimed or TaskJournalState.Unknown;

    /// <summary>What was submitted: the task, with an empty id while the id is unknown.</summary>
    internal ImageTask Submitted { get; init; } = new("");

    /// <summary>Serializes the entry as one line of JSON, for journals that store it as text.</summary>
    /// <returns>Versioned JSON text, without the API key and without the prompt.</returns>
    public string ToJson() =>
        JsonSerializer.Serialize(TaskJournalEntryDocument.FromEntry(this), JournalJsonContext.Default.TaskJournalEntryDocument);

    /// <summary>Parses what <see cref="ToJson"/> wrote, in this or another version of the SDK. Unknown members are ignored.</summary>
    /// <param name="json">The text, or null.</param>
    /// <param name="entry">The entry, if the text contains one.</param>
    /// <returns>Whether the text contains an entry.</returns>
    public static bool TryFromJson(string? json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TaskJournalEntry? entry)
    {
        entry = null;
        if (json is null)
        {
            return false;
        }

        try
        {
            entry = JsonSerializer.Deserialize(json, JournalJsonContext.Default.TaskJournalEntryDocument)?.ToEntry();
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // An ArgumentException is thrown for invalid text, such as half of a surrogate pair.
            return false;
        }

        return entry is not null;
    }
}
