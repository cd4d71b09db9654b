namespace ImaNanoBanana.Tests.Journal;

/// <summary>
/// M2. What renewing a claim changes, in the journal of files and in one with only the required members of the interface.
/// </summary>
public sealed class RenewalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    /// <summary>M2. A late renewal changes nothing: the task stays recorded.</summary>
    [Fact]
    public async Task Late_renewal_does_not_undo_what_was_recorded()
    {
        var journal = new FileTaskJournal(_folder.FullName);
        ITaskJournal asItComes = new OnlyTheFirstFive(journal);
        var claim = FileTaskJournalTests.Entry("order-1");
        await journal.ClaimAsync(claim, Token);

        Assert.True(await asItComes.RenewAsync(claim with { ClaimedAt = claim.ClaimedAt.AddMinutes(1) }, Token));
        Assert.Equal(claim.ClaimedAt.AddMinutes(1), (await journal.FindAsync("order-1", Token))!.ClaimedAt);
        Assert.True(await journal.RenewAsync(claim, Token));
        Assert.True((await journal.FindAsync("order-1", Token))!.ClaimedAt > claim.ClaimedAt.AddMinutes(1));
        await journal.UpdateAsync(claim with { State = TaskJournalState.Accepted, Task = new ImageTask("task_1") }, Token);
        Assert.False(await journal.RenewAsync(claim, Token));
        Assert.False(await asItComes.RenewAsync(claim, Token));
        Assert.Equal("task_1", (await journal.FindAsync("order-1", Token))?.Task?.Id);
    }

    /// <summary>An app's journal that does not implement the optional members of the interface.</summary>
    private sealed class OnlyTheFirstFive(ITaskJournal inner) : ITaskJournal
    {
        public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
            inner.FindAsync(idempotencyKey, cancellationToken);

        public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
            inner.ClaimAsync(claim, cancellationToken);

        public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
            inner.UpdateAsync(entry, cancellationToken);

        public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
            inner.RemoveAsync(entry, cancellationToken);

        public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
            inner.ListAsync(cancellationToken);
    }
}
