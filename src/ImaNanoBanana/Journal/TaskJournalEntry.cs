using System.Text.Json;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana;

/// <summary>
/// What a journal keeps of one purchase. A value; it holds neither the API key nor the prompt, only a hash of the request.
/// </summary>
/// <param name="IdempotencyKey">The key of the purchase.</param>
/// <param name="RequestHash">
/// The SHA-256 of what was asked for (wire contract, careful client, section 7), in hexadecimal; empty in an entry that
/// could not be read whole.
/// </param>
public sealed record TaskJournalEntry(string IdempotencyKey, string RequestHash)
{
    /// <summary>What is known of the purchase.</summary>
    public TaskJournalState State { get; init; }

    /// <summary>
    /// When the key was claimed, by the journal's clock; while its order is under way, when the process that places it said
    /// last that it still does.
    /// </summary>
    public DateTimeOffset ClaimedAt { get; init; }

    /// <summary>When the end of the task was handed over, by the journal's clock; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Which claim of the key this is: a key that was forgotten may be claimed again.</summary>
    public string ClaimId { get; init; } = "";

    /// <summary>The registration that the purchase belongs to, where several share a journal; else empty.</summary>
    public string Registration { get; init; } = "";

    /// <summary>
    /// The task: set once it is known. With <see cref="TaskJournalState.Unknown"/> it is the task that a contradictory answer
    /// named, or null.
    /// </summary>
    public ImageTask? Task
    {
        get => Submitted.Id.Length > 0 ? Submitted : null;
        init => Submitted = value ?? Submitted with { Id = "" };
    }

    /// <summary>The model that was ordered, also while the task is unknown.</summary>
    public ImageModel? Model => Submitted.Model;

    /// <summary>The size that was ordered, also while the task is unknown.</summary>
    public ImageSize? Size => Submitted.Size;

    /// <summary>The price of the order in credits, also while the task is unknown.</summary>
    public decimal? Credits => Submitted.Credits;

    /// <summary>Whether the task is known and its end not handed over: what a crashed process left to be watched.</summary>
    public bool IsPending => State == TaskJournalState.Accepted;

    /// <summary>Whether nobody can tell if it was bought.</summary>
    public bool IsUnknown => State is TaskJournalState.Claimed or TaskJournalState.Unknown;

    /// <summary>What was ordered: the task, with an empty id while that is unknown.</summary>
    internal ImageTask Submitted { get; init; } = new("");

    /// <summary>The entry as one line of JSON, for journals that keep it as text.</summary>
    /// <returns>Versioned JSON text, without the API key and without the prompt.</returns>
    public string ToJson() =>
        JsonSerializer.Serialize(TaskJournalEntryDocument.FromEntry(this), JournalJsonContext.Default.TaskJournalEntryDocument);

    /// <summary>Reads what <see cref="ToJson"/> wrote, in this or another version of the SDK. Unknown members are ignored.</summary>
    /// <param name="json">The text, or null.</param>
    /// <param name="entry">The entry when the text is one.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string? json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out TaskJournalEntry? entry)
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
            // An ArgumentException for text that is none: half of a surrogate pair.
            return false;
        }

        return entry is not null;
    }
}
