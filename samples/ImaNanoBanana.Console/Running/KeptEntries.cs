namespace ImaNanoBanana.Cli.Running;

/// <summary>
/// Forwards to a journal, except that entries whose images were not saved stay open: <c>ima resume</c> finds them again.
/// </summary>
internal sealed class KeptEntries(ITaskJournal inner) : ITaskJournal
{
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>Leaves the entry of a key as it is when the client reports that its images were delivered.</summary>
    public void KeepOpen(string idempotencyKey)
    {
        lock (_open)
        {
            _open.Add(idempotencyKey);
        }
    }

    public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_open)
        {
            if (entry.State == TaskJournalState.Completed && _open.Contains(entry.IdempotencyKey))
            {
                return Task.FromResult(true);
            }
        }

        return inner.UpdateAsync(entry, cancellationToken);
    }

    public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
        inner.FindAsync(idempotencyKey, cancellationToken);

    public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        inner.ClaimAsync(claim, cancellationToken);

    public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        inner.RenewAsync(claim, cancellationToken);

    public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        inner.RemoveAsync(entry, cancellationToken);

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
        inner.ListAsync(cancellationToken);

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(TaskJournalFilter filter, CancellationToken cancellationToken = default) =>
        inner.ListAsync(filter, cancellationToken);

    public Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default) =>
        inner.TryWatchAsync(entry, watcher, lease, cancellationToken);

    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => inner.GetTimeAsync(cancellationToken);
}
