using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

public class MemoryTaskJournalTests
{
    private readonly TestTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Key_is_claimed_once()
    {
        var journal = new MemoryTaskJournal(_time);
        var first = Entry("a");

        Assert.Null(await journal.ClaimAsync(first, Cancel));
        Assert.Equal(first, await journal.ClaimAsync(Entry("a"), Cancel));
        Assert.Equal(first, await journal.FindAsync("a", Cancel));
        Assert.Null(await journal.FindAsync("A", Cancel));
    }

    [Fact]
    public async Task Only_the_claim_itself_is_changed_or_removed()
    {
        var journal = new MemoryTaskJournal(_time);
        var (first, second) = (Entry("a"), Entry("a"));
        await journal.ClaimAsync(first, Cancel);

        Assert.False(await journal.UpdateAsync(second with { State = TaskJournalState.Unknown }, Cancel));
        Assert.False(await journal.RemoveAsync(second, Cancel));
        Assert.True(await journal.UpdateAsync(first with { State = TaskJournalState.Unknown }, Cancel));
        Assert.Equal(TaskJournalState.Unknown, (await journal.FindAsync("a", Cancel))!.State);
        Assert.True(await journal.RemoveAsync(first, Cancel));
        Assert.Null(await journal.ClaimAsync(second, Cancel));
        Assert.Equal([second], await FileTaskJournalTests.ListAsync(journal));
    }

    [Fact]
    public async Task Everything_is_kept_for_24_hours_and_no_longer()
    {
        var journal = new MemoryTaskJournal(_time);
        await journal.ClaimAsync(Entry("a"), Cancel);
        _time.Advance(TimeSpan.FromHours(12));
        await journal.ClaimAsync(Entry("b"), Cancel);
        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromTicks(1));
        Assert.NotNull(await journal.FindAsync("a", Cancel));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await journal.FindAsync("a", Cancel));
        Assert.Equal(["b"], (await FileTaskJournalTests.ListAsync(journal)).Select(entry => entry.IdempotencyKey));
        Assert.Null(await journal.ClaimAsync(Entry("a"), Cancel));
        Assert.Equal(["b", "a"], (await FileTaskJournalTests.ListAsync(journal)).Select(entry => entry.IdempotencyKey));
    }

    /// <summary>M4. However many other keys there are, they remove no entry within the promised time, whatever its state.</summary>
    [Theory]
    [InlineData(TaskJournalState.Claimed)]
    [InlineData(TaskJournalState.Unknown)]
    [InlineData(TaskJournalState.Accepted)]
    [InlineData(TaskJournalState.Completed)]
    [InlineData(TaskJournalState.Failed)]
    public async Task No_entry_is_removed_to_make_room(TaskJournalState state)
    {
        var journal = new MemoryTaskJournal(_time);
        var first = Entry("first");
        await journal.ClaimAsync(first, Cancel);
        await journal.UpdateAsync(first with { State = state }, Cancel);
        for (var other = 0; other < 20_000; other++)
        {
            var claim = Entry($"other {other}");
            Assert.Null(await journal.ClaimAsync(claim, Cancel));
            await journal.UpdateAsync(claim with { State = TaskJournalState.Completed }, Cancel);
        }

        _time.Advance(MemoryTaskJournal.Memory - TimeSpan.FromTicks(1));
        Assert.Equal(state, (await journal.FindAsync("first", Cancel))?.State);
        Assert.Equal(20_001, (await FileTaskJournalTests.ListAsync(journal)).Count);
        _time.Advance(TimeSpan.FromTicks(1));
        await journal.ClaimAsync(Entry("next"), Cancel);
        Assert.Single(await FileTaskJournalTests.ListAsync(journal));
    }

    [Fact]
    public async Task Only_a_claim_that_is_open_is_renewed()
    {
        var journal = new MemoryTaskJournal(_time);
        var claim = Entry("a");
        await journal.ClaimAsync(claim, Cancel);
        var later = claim with { ClaimedAt = _time.GetUtcNow().AddMinutes(1) };

        Assert.True(await journal.RenewAsync(later, Cancel));
        Assert.Equal(later, await journal.FindAsync("a", Cancel));
        Assert.False(await journal.RenewAsync(Entry("a"), Cancel));
        await journal.UpdateAsync(claim with { State = TaskJournalState.Accepted }, Cancel);
        Assert.False(await journal.RenewAsync(later, Cancel));
        Assert.Equal(TaskJournalState.Accepted, (await journal.FindAsync("a", Cancel))!.State);
    }

    private static TaskJournalEntry Entry(string key) => new(key, "AA") { ClaimId = Guid.NewGuid().ToString("N") };
}
