using ImaNanoBanana.Journal;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>Under which name a process takes the right to watch a task, how often it asks, and when it gives up.</summary>
public class WatchRightsOfProcessTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private static readonly TaskJournalEntry Entry = FileTaskJournalTests.Entry("order-1") with
    {
        State = TaskJournalState.Accepted,
        Task = new ImageTask("task_1") { IdempotencyKey = "order-1" },
    };

    private readonly TestTimeProvider _time = new();
    private readonly MemoryTaskJournal _inner;
    private readonly CallJournal _journal;
    private readonly SubmissionMemory _memory;

    public WatchRightsOfProcessTests()
    {
        _inner = new MemoryTaskJournal(_time);
        _journal = new CallJournal(_inner);
        _memory = new SubmissionMemory(_time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Right_that_is_taken_is_not_taken_twice()
    {
        await _inner.ClaimAsync(Entry, Token);

        await using var lease = await Rights().TryTakeAsync(Entry, Token);

        Assert.NotNull(lease);
        Assert.Equal(["watch", "find"], _journal.Calls);
        Assert.Matches("^[0-9a-f]{32}$", Assert.Single(_journal.Watchers));
        Assert.False(lease.IsLost);
    }

    /// <summary>The right is asked for again at once, and every 6 seconds.</summary>
    [Fact]
    public async Task Journal_that_fails_is_asked_again_at_once()
    {
        await _inner.ClaimAsync(Entry, Token);
        _journal.Before = number => number == 1 ? throw new IOException("Down.") : Task.CompletedTask;

        await using var lease = await Rights().TryTakeAsync(Entry, Token);

        Assert.NotNull(lease);
        Assert.Equal(["watch", "watch"], _journal.Calls);
    }

    /// <summary>What became of the entry since it was listed, and whether its task is still to be delivered.</summary>
    [Theory]
    [InlineData("nothing", true)]
    [InlineData("removed", false)]
    [InlineData("claimed again", false)]
    [InlineData("delivered", false)]
    public async Task Only_a_task_that_is_still_to_be_delivered_is_resumed(string what, bool isTaken)
    {
        var there = what switch
        {
            "removed" => null,
            "claimed again" => Entry with { ClaimId = "another" },
            "delivered" => Entry with { State = TaskJournalState.Completed, EndedAt = _time.GetUtcNow() },
            _ => Entry,
        };
        _ = there is null ? null : await _inner.ClaimAsync(there, Token);

        await using var lease = await Rights().TryTakeAsync(Entry, Token);

        Assert.Equal(isTaken, lease is not null);
        Assert.Equal(isTaken ? ["watch", "find"] : ["watch", "find", "give up"], _journal.Calls);
    }

    /// <summary>A process that is gone may have renewed its right just before the first refusal; one that renews later is alive.</summary>
    [Fact]
    public async Task Resuming_gives_up_when_the_watcher_is_certainly_alive()
    {
        await _inner.ClaimAsync(Entry, Token);
        await _inner.TryWatchAsync(Entry, "alive", TimeSpan.FromDays(1), Token);

        var resume = Rights().TryTakeAsync(Entry, Token);
        await _time.RunAsync(resume, TimeSpan.FromSeconds(1), Token);

        Assert.Null(await resume);
        Assert.Equal(Lease + TimeSpan.FromSeconds(1), _time.GetUtcNow() - _time.Start);
        Assert.Equal(22, _journal.Calls.Count(call => call == "watch"));
    }

    /// <summary>Whether the journal records every submission, what this process knows, and under which name it watches.</summary>
    [Theory]
    [InlineData(true, "own", "claim")]
    [InlineData(true, "another", "process")]
    [InlineData(true, "nothing", "nobody")]
    [InlineData(false, "own", "claim")]
    [InlineData(false, "another", null)]
    public async Task Process_watches_under_the_name_of_its_claim_or_its_own(bool remembersAll, string what, string? name)
    {
        _ = what == "own" ? _memory.TryClaim(Entry) : null;
        _ = what == "nothing" ? null : await _inner.ClaimAsync(Entry, Token);

        var isWatched = name is not null;

        await using var lease = Rights(remembersAll).Take(Entry.Task!);

        Assert.Equal((isWatched, isWatched), (lease is not null, !_memory.IsSettled));
        Assert.Equal(
            name switch
            {
                "claim" => [Entry.ClaimId],
                "process" => [_memory.Watcher],
                _ => [],
            },
            _journal.Watchers);

        // What this process submitted is not read from the journal.
        Assert.Equal(isWatched && what != "own" ? 1 : 0, _journal.Calls.Count(call => call == "find"));
    }

    [Fact]
    public async Task Entry_that_appears_later_is_found_by_the_next_renewal()
    {
        await using var lease = Rights().Take(Entry.Task!);
        Assert.Empty(_journal.Watchers);

        await _inner.ClaimAsync(Entry, Token);
        await PassAsync(TimeSpan.FromSeconds(7));

        Assert.Equal([_memory.Watcher], _journal.Watchers);
    }

    [Fact]
    public void Task_without_a_key_is_watched_without_a_right() => Assert.Null(Rights().Take(new ImageTask("task_1")));

    [Fact]
    public async Task Right_is_kept_until_the_last_watcher_of_the_process_ends()
    {
        await _inner.ClaimAsync(Entry, Token);
        var rights = Rights();
        var (first, second) = (rights.Take(Entry.Task!)!, rights.Take(Entry.Task!)!);

        await first.DisposeAsync();
        Assert.DoesNotContain("give up", _journal.Calls);
        Assert.False(first.IsLost, "This process still has the right.");
        await second.DisposeAsync();

        Assert.Equal("give up", _journal.Calls[^1]);
        Assert.False(second.IsLost);
    }

    /// <summary>The journal is still busy with a renewal and ignores its token.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Right_is_given_up_after_the_last_renewal(bool isResumed)
    {
        await _inner.ClaimAsync(Entry, Token);
        var late = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _journal.Before = number => number == 2 ? late.Task : Task.CompletedTask;
        var lease = isResumed ? await Rights().TryTakeAsync(Entry, Token) : Rights().Take(Entry.Task!);
        await PassAsync(TimeSpan.FromSeconds(7));
        Assert.Equal(2, _journal.Calls.Count(call => call == "watch"));

        var end = lease!.DisposeAsync().AsTask();
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.False(end.IsCompleted, "The journal is still busy.");
        Assert.DoesNotContain("give up", _journal.Calls);
        late.SetResult();
        await end;

        Assert.Equal("give up", _journal.Calls[^1]);
    }

    [Fact]
    public async Task Lease_that_has_ended_frees_what_it_used()
    {
        await _inner.ClaimAsync(Entry, Token);
        var tokens = new List<CancellationToken>();
        var lease = new WatchLease(
            (_, token) =>
            {
                tokens.Add(token);
                return Task.FromResult(true);
            },
            isTaken: false,
            _time);
        await lease.DisposeAsync();

        Assert.Equal(2, tokens.Count);
        Assert.Throws<ObjectDisposedException>(() => tokens[0].WaitHandle);
        Assert.Equal(CancellationToken.None, tokens[1]);
    }

    private WatchRights Rights(bool remembersAll = true) => new(
        _journal, new JournalCalls(mayBlock: false, _time, new FakeLogger()), _memory, remembersAll, _time);

    private Task PassAsync(TimeSpan length) => _time.RunAsync(Task.Delay(length, _time, Token), length, Token);

    /// <summary>Records the calls and the names of the watchers, and acts before each right that is taken, by its number.</summary>
    private sealed class CallJournal(ITaskJournal inner) : FiveMemberJournal(inner), ITaskJournal
    {
        public List<string> Calls { get; } = [];

        public HashSet<string> Watchers { get; } = [];

        public Func<int, Task> Before { get; set; } = static _ => Task.CompletedTask;

        public override Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default)
        {
            Calls.Add("find");
            return Inner.FindAsync(idempotencyKey, cancellationToken);
        }

        public async Task<bool> TryWatchAsync(
            TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default)
        {
            var isTaking = lease > TimeSpan.Zero;
            Calls.Add(isTaking ? "watch" : "give up");
            Watchers.Add(watcher);
            await (isTaking ? Before(Calls.Count(call => call == "watch")) : Task.CompletedTask);
            return await Inner.TryWatchAsync(entry, watcher, lease, cancellationToken);
        }
    }
}
