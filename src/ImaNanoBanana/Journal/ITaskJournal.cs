namespace ImaNanoBanana;

/// <summary>
/// Remembers purchases by their operation keys, so that a key is never bought twice and a bought task survives a crash
/// (wire contract, careful client, section 7). The client claims a key before it sends an order, records the task as soon
/// as it is known, and its end.
/// </summary>
/// <remarks>
/// <para>The client's own journal keeps explicit keys in memory. <see cref="FileTaskJournal"/> keeps all of them in a
/// folder. An app may bring its own, over a database for example: <see cref="JournalEntry.ToJson"/> is what to store.</para>
/// <para>Implementations are thread-safe. What they throw before an order becomes <see cref="ImaErrorKind.NotSent"/>; what
/// they throw after it is logged, and the task is handed over all the same.</para>
/// </remarks>
public interface ITaskJournal
{
    /// <summary>Looks up a key.</summary>
    /// <param name="operationKey">The key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its entry; null when there is none.</returns>
    Task<JournalEntry?> FindAsync(string operationKey, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds an entry unless its key has one already: a compare-and-set, over all processes that share the journal. When it
    /// returns null the entry survives a crash.
    /// </summary>
    /// <param name="claim">The entry, with a fresh <see cref="JournalEntry.ClaimId"/>.</param>
    /// <param name="cancellationToken">Ends the call; the entry may then be added all the same, and the client removes it.</param>
    /// <returns>Null when it was added; else the entry that is there, and nothing was changed.</returns>
    Task<JournalEntry?> ClaimAsync(JournalEntry claim, CancellationToken cancellationToken = default);

    /// <summary>Replaces the entry of the same key and the same <see cref="JournalEntry.ClaimId"/>.</summary>
    /// <param name="entry">What is known now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is no such entry; nothing was changed then.</returns>
    Task<bool> UpdateAsync(JournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Removes the entry of the same key and the same <see cref="JournalEntry.ClaimId"/>: the key may be claimed anew.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is no such entry; nothing was changed then.</returns>
    Task<bool> RemoveAsync(JournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Lists what the journal holds, the finished purchases too.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The entries, those that were claimed first coming first.</returns>
    IAsyncEnumerable<JournalEntry> ListAsync(CancellationToken cancellationToken = default);
}
