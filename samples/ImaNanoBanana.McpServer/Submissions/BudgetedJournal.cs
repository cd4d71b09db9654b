using ImaNanoBanana.Mcp.Answers;

namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>
/// A journal that several servers share, each with submissions that the others do not know yet. A claim is the last step before a
/// submission is sent. This journal then counts all claims once more and removes a claim that exceeds the budget. Of two claims at
/// the same moment, both may be rejected, but never are both sent.
/// </summary>
internal sealed class BudgetedJournal(ITaskJournal inner, ServerSettings settings, TimeProvider time) : ITaskJournal
{
    public async Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        if (await inner.ClaimAsync(claim, cancellationToken) is { } other)
        {
            return other;
        }

        try
        {
            await CheckAsync(claim, cancellationToken);
            return null;
        }
        catch
        {
            await inner.RemoveAsync(claim, CancellationToken.None);
            throw;
        }
    }

    public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
        inner.FindAsync(idempotencyKey, cancellationToken);

    public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        inner.UpdateAsync(entry, cancellationToken);

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

    private async Task CheckAsync(TaskJournalEntry claim, CancellationToken cancellationToken)
    {
        var journal = await inner.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        HashSet<string> own = [claim.IdempotencyKey];
        var (price, now) = (claim.Credits ?? 0, await inner.GetTimeAsync(cancellationToken) ?? time.GetUtcNow());
        var spending = Spending.Create(journal, own, 0, settings.Budget, now);
        if (price > spending.Left)
        {
            throw new ToolException(Limits.BudgetExceeded(
                price, spending, Spending.LeavesRoomAt(journal, own, 0, settings.Budget, price, now), now, settings.Say));
        }
    }
}
