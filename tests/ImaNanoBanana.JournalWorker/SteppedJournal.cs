namespace ImaNanoBanana.JournalWorker;

/// <summary>The steps beside the journal's work.</summary>
internal sealed class SteppedJournal(ITaskJournal inner, Steps steps) : ITaskJournal
{
    public Task<JournalEntry?> FindAsync(string operationKey, CancellationToken cancellationToken = default) =>
        inner.FindAsync(operationKey, cancellationToken);

    public async Task<JournalEntry?> ClaimAsync(JournalEntry claim, CancellationToken cancellationToken = default)
    {
        await steps.ReachAsync("before-claim");
        var there = await inner.ClaimAsync(claim, cancellationToken);
        if (there is null)
        {
            await steps.ReachAsync("after-claim");
        }

        return there;
    }

    public async Task<bool> UpdateAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        var isTask = entry.State == JournalState.Accepted;
        await steps.ReachAsync(isTask ? "answered" : "ending");
        var isThere = await inner.UpdateAsync(entry, cancellationToken);
        await steps.ReachAsync(isTask ? "recorded" : "ended");
        return isThere;
    }

    public Task<bool> RemoveAsync(JournalEntry entry, CancellationToken cancellationToken = default) =>
        inner.RemoveAsync(entry, cancellationToken);

    public IAsyncEnumerable<JournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
        inner.ListAsync(cancellationToken);

    public Task<bool> RenewAsync(JournalEntry claim, CancellationToken cancellationToken = default) =>
        inner.RenewAsync(claim, cancellationToken);

    public IAsyncEnumerable<JournalEntry> ListOpenAsync(
        DateTimeOffset? changedSince = null, CancellationToken cancellationToken = default) =>
        inner.ListOpenAsync(changedSince, cancellationToken);

    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => inner.GetTimeAsync(cancellationToken);
}
