using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>
/// An app's journal with only the members that it must have, on top of another journal. Tests override what they look at or disturb.
/// </summary>
internal class FiveMemberJournal(ITaskJournal inner) : ITaskJournal
{
    protected ITaskJournal Inner => inner;

    public virtual Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
        inner.FindAsync(idempotencyKey, cancellationToken);

    public virtual Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        inner.ClaimAsync(claim, cancellationToken);

    public virtual Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        inner.UpdateAsync(entry, cancellationToken);

    public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        inner.RemoveAsync(entry, cancellationToken);

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
        inner.ListAsync(cancellationToken);
}
