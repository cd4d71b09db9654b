using System.Text.Json.Serialization;

namespace ImaNanoBanana.Journal.FileLedger;

/// <summary>Represents one submission in the file of an account: reserved for a process, or spent. Immutable.</summary>
/// <param name="Id">The id of the submission's claim.</param>
/// <param name="Credits">The number of credits; positive.</param>
/// <param name="At">When the credits were reserved or spent, by the clock of the file system.</param>
internal sealed record AccountEntry(string Id, decimal Credits, DateTimeOffset At)
{
    /// <summary>Identifies who holds the reservation; null once the credits are spent.</summary>
    public string? Holder { get; init; }

    /// <summary>
    /// The idempotency key of a reservation, if a journal knows what became of it; null if the reservation was made without a journal.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    [JsonIgnore]
    public bool IsReserved => Holder is not null;
}
