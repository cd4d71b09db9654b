using ImaNanoBanana.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>How a process withdraws a claim that it does not use, and what it remembers until then.</summary>
public class WithdrawnClaimTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(139);
    private static readonly TaskJournalEntry Claim = FileTaskJournalTests.Entry("order-1");
    private static readonly ImageTask Task1 = new("task_1") { IdempotencyKey = "order-1" };

    private readonly TestTimeProvider _time = new();
    private readonly FakeLogger _log = new();
    private readonly SpyJournal _spy;
    private readonly AppJournal _app;
    private readonly SubmissionJournal _journal;

    public WithdrawnClaimTests()
    {
        _spy = new SpyJournal(new MemoryTaskJournal(_time));
        _app = AppJournal.Create(_spy, _time);
        _journal = new SubmissionJournal(_app, Window, _time, _log);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IEnumerable<string> Errors => _log.Collector.GetSnapshot()
        .Where(logged => logged.Level == LogLevel.Error).Select(logged => logged.Message);

    /// <summary>Each wait is twice as long as the last: 1, 2, 4 … 256 s. Then the claim is left to its age.</summary>
    [Fact]
    public async Task Claim_that_can_never_be_removed_is_tried_ten_times()
    {
        var attempts = new List<double>();
        _spy.Before = name => name != "remove" ? Task.CompletedTask : Fail();
        Assert.Null(await _journal.ClaimAsync(Claim, Token));
        var release = _journal.ReleaseAsync(Claim);
        await PassAsync(TimeSpan.FromHours(1));
        await release;

        // The first two are those of the release itself and of the first attempt after it.
        Assert.Equal([0, 0, 1, 3, 7, 15, 31, 63, 127, 255, 511], attempts);
        Assert.True(_app.Memory.IsWithdrawn(Claim), "This process still knows that the claim is void.");
        Assert.False(_app.IsSettled);

        Task Fail()
        {
            attempts.Add((_time.GetUtcNow() - _time.Start).TotalSeconds);
            throw new IOException("The connection is down");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Claim_is_removed_as_soon_as_the_journal_works_and_nothing_is_left(int failures)
    {
        var removals = 0;
        _spy.Before = name => name == "remove" && ++removals <= failures ? throw new IOException("Down") : Task.CompletedTask;
        Assert.Null(await _journal.ClaimAsync(Claim, Token));
        await _journal.ReleaseAsync(Claim);
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(failures + 1, removals);
        Assert.Empty(await FileTaskJournalTests.ListAsync(_spy));
        Assert.True(_app.IsSettled, "Nothing is in progress.");
    }

    /// <summary>Its journal lost it, so there is nothing to remove.</summary>
    [Fact]
    public async Task Claim_that_is_not_in_the_journal_is_released_at_once()
    {
        await _journal.ClaimAsync(Claim, Token);
        await _spy.RemoveAsync(Claim, Token);

        await _journal.ReleaseAsync(Claim);
        await PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(2, _spy.Calls.Count(call => call == "remove"));
        Assert.Empty(Errors);
        Assert.True(_app.IsSettled, "Nothing is in progress.");
    }

    /// <summary>The next call with the key removes the claim itself, without waiting for the clock.</summary>
    [Fact]
    public async Task Next_call_with_the_key_removes_a_withdrawn_claim()
    {
        var removals = 0;
        _spy.Before = name => name == "remove" && ++removals <= 2 ? throw new IOException("Down") : Task.CompletedTask;
        await _journal.ClaimAsync(Claim, Token);
        await _journal.ReleaseAsync(Claim);
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(1), Token);

        Assert.Null(await _journal.FindAsync(new SubmissionKey("order-1", IsGiven: true), "AA", Token));

        Assert.Empty(await FileTaskJournalTests.ListAsync(_spy));
        Assert.True(_app.IsSettled, "Nothing is in progress.");
    }

    /// <summary>A removal before the end of a slow claim would leave the claim in the journal.</summary>
    [Fact]
    public async Task Claim_is_removed_only_after_the_journal_has_finished_making_it()
    {
        var slow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var claiming = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _spy.Before = name =>
        {
            _ = name == "claim" && claiming.TrySetResult();
            return name == "claim" ? slow.Task : Task.CompletedTask;
        };
        using var cancel = new CancellationTokenSource();
        var claim = _journal.ClaimAsync(Claim, cancel.Token);
        await claiming.Task.WaitAsync(Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => claim);
        await PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(["claim"], _spy.Calls);

        slow.SetResult();
        await PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["claim", "remove"], _spy.Calls);
        Assert.Empty(await FileTaskJournalTests.ListAsync(_spy));
    }

    [Fact]
    public async Task Key_that_has_a_task_is_not_claimed_again()
    {
        Assert.Null(await _journal.ClaimAsync(Claim, Token));
        await _journal.AcceptedAsync(Claim, Task1, isWatched: false);

        var there = await _journal.ClaimAsync(FileTaskJournalTests.Entry("order-1"), Token);

        Assert.Equal("task_1", there?.Id);
        Assert.Equal(["claim", "update Accepted task_1", "find"], _spy.Calls);
    }

    /// <summary>Another process was first. From then on, the key refers to its task here as well.</summary>
    [Fact]
    public async Task Claim_that_another_process_made_first_is_dropped()
    {
        await _spy.ClaimAsync(Claim with { State = TaskJournalState.Accepted, Task = Task1 }, Token);

        var there = await _journal.ClaimAsync(FileTaskJournalTests.Entry("order-1"), Token);
        await _spy.RemoveAsync(Claim, Token);

        Assert.Equal("task_1", there?.Id);
        Assert.Equal("task_1", (await _app.FindAsync("order-1", Token))?.Task?.Id);
        Assert.True(_app.IsSettled, "Nothing is in progress.");
    }

    /// <summary>The id that a contradictory response named, and how the log calls the task.</summary>
    [Theory]
    [InlineData("task_1", "task task_1")]
    [InlineData("", "task none")]
    public async Task Unknown_outcome_that_cannot_be_recorded_is_logged_with_its_task(string id, string words)
    {
        await _journal.ClaimAsync(Claim, Token);
        _spy.Before = name => name == "update" ? throw new IOException("Full.") : Task.CompletedTask;

        await _journal.UnknownAsync(Claim, new ImageTask(id));

        Assert.Contains($"order-1, {words}:", Assert.Single(Errors), StringComparison.Ordinal);
    }

    /// <summary>The id of the task that ended, the state that is recorded for task_1 already, and whether its end is written.</summary>
    [Theory]
    [InlineData("task_1", TaskJournalState.Accepted, true)]
    [InlineData("task_1", TaskJournalState.Failed, true)]
    [InlineData("task_1", TaskJournalState.Completed, false)]
    [InlineData("task_2", TaskJournalState.Accepted, false)]
    [InlineData("task_2", TaskJournalState.Completed, false)]
    [InlineData("task_1", null, false)]
    public async Task End_is_recorded_once_and_for_the_task_of_the_key_only(string id, TaskJournalState? state, bool isWritten)
    {
        if (state is { } there)
        {
            await _spy.ClaimAsync(Claim with { State = there, Task = Task1 }, Token);
        }

        await _journal.EndedAsync(new ImageTask(id) { IdempotencyKey = "order-1" }, TaskJournalState.Completed);

        Assert.Equal(isWritten ? 1 : 0, _spy.Calls.Count(call => call.StartsWith("update", StringComparison.Ordinal)));
        Assert.Empty(Errors);
        var entry = await _spy.FindAsync("order-1", Token);
        Assert.Equal(isWritten ? TaskJournalState.Completed : state, entry?.State);
        Assert.Equal(isWritten ? _time.GetUtcNow() : null, entry?.EndedAt);
    }

    /// <summary>The clock of a database costs a query: it matters only for claims of other processes.</summary>
    [Theory]
    [InlineData("task", 0)]
    [InlineData("own claim", 0)]
    [InlineData("claim of another process", 1)]
    public async Task Time_of_the_journal_is_read_only_if_it_matters(string what, int expected)
    {
        var asked = 0;
        await (what switch
        {
            "task" => _spy.ClaimAsync(Claim with { State = TaskJournalState.Accepted, Task = Task1 }, Token),
            "own claim" => _journal.ClaimAsync(Claim, Token),
            _ => (Task)_spy.ClaimAsync(Claim with { ClaimedAt = _time.GetUtcNow() }, Token),
        });
        _spy.Before = name =>
        {
            asked += name == "time" ? 1 : 0;
            return Task.CompletedTask;
        };
        using var cancel = new CancellationTokenSource();

        var find = _journal.FindAsync(new SubmissionKey("order-1", IsGiven: true), "AA", cancel.Token);
        if (what != "task")
        {
            await _time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), Token);
            await cancel.CancelAsync();
        }

        await Record.ExceptionAsync(() => find);
        Assert.Equal(expected, asked);
    }

    private Task PassAsync(TimeSpan length) => _time.RunAsync(Task.Delay(length, _time, Token), length, Token);
}
