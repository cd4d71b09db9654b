using ImaNanoBanana.Journal;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Tests.Journal;

public class MemoryTaskJournalTests
{
    private readonly ManualTimeProvider _time = new();

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

        Assert.False(await journal.UpdateAsync(second with { State = JournalState.Unknown }, Cancel));
        Assert.False(await journal.RemoveAsync(second, Cancel));
        Assert.True(await journal.UpdateAsync(first with { State = JournalState.Unknown }, Cancel));
        Assert.Equal(JournalState.Unknown, (await journal.FindAsync("a", Cancel))!.State);
        Assert.True(await journal.RemoveAsync(first, Cancel));
        Assert.Null(await journal.ClaimAsync(second, Cancel));
        Assert.Equal([second], await FileTaskJournalTests.ListAsync(journal));
    }

    [Fact]
    public async Task Everything_is_remembered_for_24_hours_and_no_longer()
    {
        var journal = new MemoryTaskJournal(_time);
        await journal.ClaimAsync(Entry("a"), Cancel);
        _time.Advance(TimeSpan.FromHours(12));
        await journal.ClaimAsync(Entry("b"), Cancel);
        _time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromTicks(1));
        Assert.NotNull(await journal.FindAsync("a", Cancel));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(await journal.FindAsync("a", Cancel));
        Assert.Equal(["b"], (await FileTaskJournalTests.ListAsync(journal)).Select(entry => entry.OperationKey));
        Assert.Null(await journal.ClaimAsync(Entry("a"), Cancel));
        Assert.Equal(["b", "a"], (await FileTaskJournalTests.ListAsync(journal)).Select(entry => entry.OperationKey));
    }

    /// <summary>Finished ones make room first, then those whose task is known; an unknown one never does.</summary>
    [Fact]
    public async Task Full_journal_forgets_what_is_done_with_and_nothing_unknown()
    {
        var journal = new MemoryTaskJournal(_time, most: 5);
        JournalState[] states = [JournalState.Claimed, JournalState.Accepted, JournalState.Completed, JournalState.Unknown, JournalState.Failed];
        foreach (var state in states)
        {
            var claim = Entry(state.ToString());
            await journal.ClaimAsync(claim, Cancel);
            await journal.UpdateAsync(claim with { State = state }, Cancel);
        }

        await AssertRoomAsync("new 1", "Claimed", "Accepted", "Unknown", "Failed", "new 1");
        await AssertRoomAsync("new 2", "Claimed", "Accepted", "Unknown", "new 1", "new 2");
        await AssertRoomAsync("new 3", "Claimed", "Unknown", "new 1", "new 2", "new 3");
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => journal.ClaimAsync(Entry("new 4"), Cancel));
        Assert.Equal("The journal in memory holds 5 purchases whose outcome is unknown, and forgets none of them within 24 hours.", exception.Message);
        _time.Advance(MemoryTaskJournal.Memory);
        await AssertRoomAsync("new 4", "new 4");

        async Task AssertRoomAsync(string key, params string[] left)
        {
            Assert.Null(await journal.ClaimAsync(Entry(key), Cancel));
            Assert.Equal(left, (await FileTaskJournalTests.ListAsync(journal)).Select(entry => entry.OperationKey));
        }
    }

    private static JournalEntry Entry(string key) => new(key, "AA") { ClaimId = Guid.NewGuid().ToString("N") };
}
