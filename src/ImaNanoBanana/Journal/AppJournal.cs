using ImaNanoBanana.Journal.Usage;

namespace ImaNanoBanana.Journal;

/// <summary>
/// The journal as the app sees it. What the app decides about a key, for example by removing its entry, also changes what this
/// process remembers of the key.
/// </summary>
/// <param name="inner">The journal that stores the entries.</param>
/// <param name="memory">What this process remembers, shared with the client.</param>
internal sealed class AppJournal(ITaskJournal inner, SubmissionMemory memory) : ITaskJournal, IPartialJournal
{
    public ITaskJournal Inner => inner;

    public SubmissionMemory Memory => memory;

    /// <summary>
    /// Whether the app chose no journal. The one in memory then keeps explicit idempotency keys only, because nothing survives
    /// the process anyway.
    /// </summary>
    public bool IsDefault { get; private init; }

    public bool RecordsEverySubmission => inner is not MemoryTaskJournal;

    /// <summary>
    /// Whether a new instance for the same journal would know as much: no submission is in progress, and the journal does not forget.
    /// </summary>
    public bool IsSettled => memory.IsSettled && (inner is not MemoryTaskJournal own || own.IsEmpty);

    /// <param name="journal">The journal that the app chose; null for the default.</param>
    /// <param name="time">The clock.</param>
    public static AppJournal Create(ITaskJournal? journal, TimeProvider time) => journal switch
    {
        null => new AppJournal(new MemoryTaskJournal(time), new SubmissionMemory(time)) { IsDefault = true },

        // The journal of another client. It is chosen now, even if it was the default there.
        AppJournal { IsDefault: true } shared => new AppJournal(shared.Inner, shared.Memory),
        AppJournal shared => shared,
        _ => new AppJournal(journal, new SubmissionMemory(time)),
    };

    public async Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
        memory.Known(idempotencyKey, await inner.FindAsync(idempotencyKey, cancellationToken).ConfigureAwait(false));

    public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        inner.ClaimAsync(claim, cancellationToken);

    public async Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        // If the journal lost the entry but this process still has it, the entry is added to the journal again.
        var isWritten = await inner.UpdateAsync(entry, cancellationToken).ConfigureAwait(false)
            || (memory.Known(entry.IdempotencyKey, null)?.ClaimId == entry.ClaimId
                && await inner.ClaimAsync(entry, cancellationToken).ConfigureAwait(false) is null);
        _ = isWritten && memory.Know(entry);
        return isWritten;
    }

    public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        inner.RenewAsync(claim, cancellationToken);

    public async Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        var isKnown = memory.Known(entry.IdempotencyKey, null)?.ClaimId == entry.ClaimId;
        var isRemoved = await inner.RemoveAsync(entry, cancellationToken).ConfigureAwait(false);
        if (!memory.IsSubmitting(entry))
        {
            memory.Forget(entry);
        }

        return isRemoved || isKnown;
    }

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
        inner.ListAsync(cancellationToken);

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(TaskJournalFilter filter, CancellationToken cancellationToken = default) =>
        inner.ListAsync(filter, cancellationToken);

    public Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default) =>
        inner.TryWatchAsync(entry, watcher, lease, cancellationToken);

    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => inner.GetTimeAsync(cancellationToken);
}
