namespace ImaNanoBanana.JournalWorker;

/// <summary>Reports the steps before and after the journal's work.</summary>
internal sealed class SteppedJournal(ITaskJournal inner, Steps steps) : ITaskJournal
{
    public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
        inner.FindAsync(idempotencyKey, cancellationToken);

    public async Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        await steps.ReachAsync("before-claim");
        var there = await inner.ClaimAsync(claim, cancellationToken);
        if (there is null)
        {
            await steps.ReachAsync("after-claim");
        }

        return there;
    }

    public async Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        var isTask = entry.State == TaskJournalState.Accepted;
        await steps.ReachAsync(isTask ? "answered" : "ending");
        var isThere = await inner.UpdateAsync(entry, cancellationToken);
        await steps.ReachAsync(isTask ? "recorded" : "ended");
        return isThere;
    }

    public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        inner.RemoveAsync(entry, cancellationToken);

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
        inner.ListAsync(cancellationToken);

    public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        inner.RenewAsync(claim, cancellationToken);

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(TaskJournalFilter filter, CancellationToken cancellationToken = default) =>
        inner.ListAsync(filter, cancellationToken);

    public Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default) =>
        inner.TryWatchAsync(entry, watcher, lease, cancellationToken);

    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => inner.GetTimeAsync(cancellationToken);
}
