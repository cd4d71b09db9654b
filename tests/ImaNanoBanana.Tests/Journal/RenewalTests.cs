namespace ImaNanoBanana.Tests.Journal;

/// <summary>
/// What renewing a claim changes, in the journal of files and in one with only the required members of the interface.
/// </summary>
public sealed class RenewalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => TestFolder.Delete(_folder);

    /// <summary>A late renewal changes nothing: the task stays recorded.</summary>
    [Fact]
    public async Task Late_renewal_does_not_undo_what_was_recorded()
    {
        var journal = new FileTaskJournal(_folder.FullName);
        ITaskJournal asItComes = new FiveMemberJournal(journal);
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
}
