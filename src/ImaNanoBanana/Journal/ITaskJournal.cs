using System.Runtime.CompilerServices;

namespace ImaNanoBanana;

/// <summary>
/// Remembers purchases by their idempotency keys, so that a key is never bought twice and a bought task survives a crash
/// (wire contract, careful client, section 7). The client claims a key before it sends an order, records the task as soon
/// as it is known, and its end.
/// </summary>
/// <remarks>
/// <para>The client's own journal keeps explicit keys in memory. <see cref="FileTaskJournal"/> keeps all of them in a
/// folder. An app may bring its own, over a database for example: <see cref="TaskJournalEntry.ToJson"/> is what to store.</para>
/// <para>Implementations are thread-safe. What they throw before an order becomes <see cref="ImaErrorKind.NotSent"/>; what
/// they throw after it is logged, and the task is handed over all the same.</para>
/// </remarks>
public interface ITaskJournal
{
    /// <summary>Looks up a key.</summary>
    /// <param name="idempotencyKey">The key.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its entry; null when there is none.</returns>
    Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds an entry unless its key has one already: a compare-and-set, over all processes that share the journal. When it
    /// returns null the entry survives a crash.
    /// </summary>
    /// <param name="claim">The entry, with a fresh <see cref="TaskJournalEntry.ClaimId"/>.</param>
    /// <param name="cancellationToken">Ends the call; the entry may then be added all the same, and the client removes it.</param>
    /// <returns>Null when it was added; else the entry that is there, and nothing was changed.</returns>
    Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default);

    /// <summary>Replaces the entry of the same key and the same <see cref="TaskJournalEntry.ClaimId"/>.</summary>
    /// <param name="entry">What is known now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is no such entry; nothing was changed then.</returns>
    Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the entry of the same key and the same <see cref="TaskJournalEntry.ClaimId"/>: the key may be claimed anew.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is no such entry; nothing was changed then.</returns>
    Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Lists what the journal holds, the finished purchases too.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The entries, those that were claimed first coming first.</returns>
    IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that a claim's process still works on it: stores the <see cref="TaskJournalEntry.ClaimedAt"/> of <paramref name="claim"/>,
    /// or the journal's own time, in the entry of the same key and <see cref="TaskJournalEntry.ClaimId"/> as long as that is
    /// <see cref="TaskJournalState.Claimed"/>. The client asks before every further send and every half minute between.
    /// </summary>
    /// <remarks>
    /// As it comes it is a <see cref="FindAsync"/> and an <see cref="UpdateAsync"/>; a database does it in one statement.
    /// </remarks>
    /// <param name="claim">The claim, with the time of now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is no such claim any more; nothing was changed then, and nothing is sent by it.</returns>
    async Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return await FindAsync(claim.IdempotencyKey, cancellationToken).ConfigureAwait(false) is { State: TaskJournalState.Claimed } there
            && there.ClaimId == claim.ClaimId
            && await UpdateAsync(there with { ClaimedAt = claim.ClaimedAt }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Lists the purchases that are not finished, and those finished ones that were changed since a time: what resuming and
    /// counting need. A journal that keeps many finished purchases finds these without reading all.
    /// </summary>
    /// <remarks>As it comes it picks from <see cref="ListAsync"/>.</remarks>
    /// <param name="changedSince">From when on finished ones are listed as well, by <see cref="GetTimeAsync"/>; null for none
    /// of them.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The entries, those that were claimed first coming first.</returns>
    async IAsyncEnumerable<TaskJournalEntry> ListOpenAsync(
        DateTimeOffset? changedSince = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsPending || entry.IsUnknown || (entry.EndedAt ?? entry.ClaimedAt) >= changedSince)
            {
                yield return entry;
            }
        }
    }

    /// <summary>
    /// The time by the clock that all who share the journal have in common: a database's, or a file system's. Ages of claims
    /// and of finished purchases are judged by it, so that one machine with a wrong clock harms nobody.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The time; null, as it comes, for a journal without a clock of its own: the client's clock is used then.</returns>
    Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => Task.FromResult<DateTimeOffset?>(null);
}
