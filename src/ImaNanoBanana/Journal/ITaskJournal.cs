using System.Runtime.CompilerServices;

namespace ImaNanoBanana;

/// <summary>
/// Records submissions by their idempotency keys, so that a key is never charged twice and a charged task survives a crash. The same
/// key with the same request returns the existing task; with a different request it is an error. The client claims a key before it
/// sends a create request, records the task as soon as it is known, and records the end of the task.
/// </summary>
/// <remarks>
/// <para>The default journal of the client keeps explicit keys in memory. <see cref="FileTaskJournal"/> keeps all keys in a
/// folder. An app can provide its own journal, for example in a database, and store <see cref="TaskJournalEntry.ToJson"/>.</para>
/// <para>Implementations must be thread-safe. An exception that they throw before a create request is sent is reported as
/// <see cref="ImaErrorKind.NotSent"/>. An exception that they throw afterwards is logged, and the task is still delivered.</para>
/// </remarks>
public interface ITaskJournal
{
    /// <summary>Gets the entry of a key.</summary>
    /// <param name="idempotencyKey">The key.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The entry; null if there is none.</returns>
    Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds an entry unless its key already has one. This is a compare-and-set operation across all processes that share the journal.
    /// When the method returns null, the entry survives a crash.
    /// </summary>
    /// <param name="claim">The entry, with a new <see cref="TaskJournalEntry.ClaimId"/>.</param>
    /// <param name="cancellationToken">Cancels the call. The entry may still be added; the client then removes it.</param>
    /// <returns>Null if the entry was added; otherwise the existing entry, and nothing was changed.</returns>
    Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default);

    /// <summary>Replaces the entry that has the same key and the same <see cref="TaskJournalEntry.ClaimId"/>.</summary>
    /// <param name="entry">The entry with what is known now.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False if there is no such entry; then nothing was changed.</returns>
    Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the entry that has the same key and the same <see cref="TaskJournalEntry.ClaimId"/>. The key can then be claimed again.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False if there is no such entry; then nothing was changed.</returns>
    Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Lists all entries of the journal, including those of finished submissions.</summary>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The entries; those that were claimed first come first.</returns>
    IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Shows that the process of a claim is still working on it: stores the <see cref="TaskJournalEntry.ClaimedAt"/> of
    /// <paramref name="claim"/>, or the journal's own time, in the entry that has the same key and
    /// <see cref="TaskJournalEntry.ClaimId"/>, as long as that entry is <see cref="TaskJournalState.Claimed"/>. The client calls this
    /// method before every further send and every 30 seconds in between.
    /// </summary>
    /// <remarks>
    /// The default implementation calls <see cref="FindAsync"/> and <see cref="UpdateAsync"/>. A database can use one statement.
    /// </remarks>
    /// <param name="claim">The claim, with the current time.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False if there is no such claim any more. Then nothing was changed, and the client sends nothing for the claim.</returns>
    async Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return await FindAsync(claim.IdempotencyKey, cancellationToken).ConfigureAwait(false) is { State: TaskJournalState.Claimed } there
            && there.ClaimId == claim.ClaimId
            && await UpdateAsync(there with { ClaimedAt = claim.ClaimedAt }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Lists the entries that a filter selects. Resuming and counting need the submissions that are not finished. A journal that keeps
    /// many finished submissions can find these entries without reading all of them.
    /// </summary>
    /// <remarks>
    /// The default implementation filters the result of <see cref="ListAsync(CancellationToken)"/>, and ignores
    /// <see cref="TaskJournalFilter.Registration"/>.
    /// </remarks>
    /// <param name="filter">Specifies which entries are listed, and which page of them.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The entries; those that were claimed first come first.</returns>
    async IAsyncEnumerable<TaskJournalEntry> ListAsync(
        TaskJournalFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var entries = new List<TaskJournalEntry>();
        await foreach (var entry in ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (filter.Selects(entry) && filter.IsOnPage(entry))
            {
                entries.Add(entry);
            }
        }

        foreach (var entry in filter.Page(entries))
        {
            yield return entry;
        }
    }

    /// <summary>
    /// Takes or renews the right to watch the task of an entry, so that only one process delivers it. The client takes it for every
    /// task that it watches and renews it every few seconds; <see cref="IImaImageClient.ResumeAsync"/> watches only tasks for which it
    /// gets this right. The right of a process that is gone ends when its lease ends.
    /// </summary>
    /// <remarks>The default implementation always returns true: every process that resumes watches every task.</remarks>
    /// <param name="entry">The entry; identified by its key and its <see cref="TaskJournalEntry.ClaimId"/>.</param>
    /// <param name="watcher">Identifies the caller.</param>
    /// <param name="lease">How long the right lasts unless it is renewed, by the journal's clock; zero to give it up.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False if another watcher has the right; then nothing was changed.</returns>
    Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default) => Task.FromResult(true);

    /// <summary>
    /// Gets the time of the clock that all users of the journal share, such as the clock of a database or a file system. The ages of
    /// claims and of finished submissions are determined by it, so that a machine with a wrong clock does no harm.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The time. Null, which is the default, if the journal has no clock of its own: the client then uses its clock.</returns>
    Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => Task.FromResult<DateTimeOffset?>(null);
}
