using System.Runtime.CompilerServices;
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

    /// <summary>However many other keys there are, they remove no entry within the promised time, whatever its state.</summary>
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

    [Fact]
    public async Task List_ends_when_it_is_cancelled()
    {
        var journal = new MemoryTaskJournal(_time);
        await journal.ClaimAsync(Entry("a"), Cancel);
        await journal.ClaimAsync(Entry("b"), Cancel);
        using var cancel = new CancellationTokenSource();
        await using var list = journal.ListAsync(cancel.Token).GetAsyncEnumerator(cancel.Token);
        Assert.True(await list.MoveNextAsync(), "The first entry.");

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => list.MoveNextAsync().AsTask());
    }

    /// <summary>The time since the right to watch was taken for 20 s, and whether another watcher gets it.</summary>
    [Theory]
    [InlineData("", 0, false)]
    [InlineData("", 19_999, false)]
    [InlineData("", 20_000, true)]
    [InlineData("give up", 0, true)]
    [InlineData("remove", 0, true)]
    [InlineData("remove, claim again", 0, true)]
    public async Task Right_to_watch_ends(string how, int milliseconds, bool isFree)
    {
        var journal = new MemoryTaskJournal(_time);
        var (entry, lease) = (Entry("a"), TimeSpan.FromSeconds(20));
        await journal.ClaimAsync(entry, Cancel);
        Assert.True(await journal.TryWatchAsync(entry, "one", lease, Cancel));
        Assert.True(await journal.TryWatchAsync(entry, "one", lease, Cancel));
        _ = how switch
        {
            "give up" => await journal.TryWatchAsync(entry, "one", TimeSpan.Zero, Cancel),
            "remove" or "remove, claim again" => await journal.RemoveAsync(entry, Cancel),
            _ => true,
        };
        _ = how == "remove, claim again" ? await journal.ClaimAsync(entry, Cancel) : null;
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(isFree, await journal.TryWatchAsync(entry, "other", lease, Cancel));
    }

    /// <summary>What has ended takes no memory after the next claim, so that a journal that runs for years does not grow.</summary>
    [Theory]
    [InlineData("expired")]
    [InlineData("removed")]
    [InlineData("watched")]
    public async Task Key_that_has_ended_takes_no_memory(string how)
    {
        var journal = new MemoryTaskJournal(_time);
        var ended = await EndAsync(journal, how);
        await journal.ClaimAsync(Entry("next"), Cancel);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(ended.IsAlive);
    }

    /// <summary>In a method of its own, whose local variables are gone afterwards.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> EndAsync(MemoryTaskJournal journal, string how)
    {
        var entry = Entry(new string('a', 20));
        await journal.ClaimAsync(entry, Cancel);
        if (how == "removed")
        {
            await journal.RemoveAsync(entry, Cancel);
            return new WeakReference(entry.ClaimId);
        }

        _ = how == "watched" && await journal.TryWatchAsync(entry, "one", 2 * MemoryTaskJournal.Memory, Cancel);
        _time.Advance(MemoryTaskJournal.Memory);
        return new WeakReference(how == "watched" ? entry.ClaimId : entry);
    }

    private static TaskJournalEntry Entry(string key) => new(key, "AA") { ClaimId = Guid.NewGuid().ToString("N") };
}
