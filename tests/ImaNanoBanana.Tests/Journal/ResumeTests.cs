using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>Another client continues what a process that is gone left in the journal.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly SpyJournal _journal;
    private readonly ScriptedHandler _handler = new();
    private readonly ImaImageClient _client;

    public ResumeTests()
    {
        _journal = new SpyJournal(new MemoryTaskJournal(_time));
        _client = TestClients.Create(
            new ImaNanoBananaOptions { ApiKey = "ima_test_key", RequestsPerSecond = null, WatchTimeout = TimeSpan.FromSeconds(30) },
            _handler,
            _time,
            journal: _journal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public async Task Everything_unfinished_is_delivered_and_nothing_is_submitted()
    {
        await LeaveAsync("done", TaskJournalState.Completed, "task_1");
        await LeaveAsync("failed", TaskJournalState.Failed, "task_2");
        await LeaveAsync("pending", TaskJournalState.Accepted, "task_3");
        await LeaveAsync("unknown", TaskJournalState.Unknown, null);
        await LeaveAsync("contradictory", TaskJournalState.Unknown, "task_4");
        await LeaveAsync("crashed", TaskJournalState.Claimed, null);

        var outcomes = await ResumeAsync();

        Assert.Equal(
            [
                "contradictory OutcomeUnknown task_4",
                "crashed OutcomeUnknown",
                "pending https://images.example/1.png task_3",
                "unknown OutcomeUnknown"],
            outcomes.Select(Text).Order(StringComparer.Ordinal));
        Assert.All(
            outcomes, outcome => Assert.Equal(outcome.IdempotencyKey, outcome.Error?.IdempotencyKey ?? outcome.Task!.IdempotencyKey));
        Assert.Equal(["detail"], _handler.Requests.Select(request => request.Endpoint));
        Assert.Equal(TaskJournalState.Completed, (await _journal.FindAsync("pending", Token))!.State);
    }

    [Fact]
    public async Task Result_is_delivered_again_until_its_reader_asks_for_the_next_one()
    {
        await LeaveAsync("pending", TaskJournalState.Accepted, "task_1");
        for (var crash = 0; crash < 2; crash++)
        {
            await Assert.ThrowsAsync<IOException>(async () =>
            {
                await foreach (var outcome in _client.ResumeAsync(cancellationToken: Token))
                {
                    Assert.NotNull(outcome.Result);
                    throw new IOException("The disk of the app is full.");
                }
            });
        }

        Assert.Single(await ResumeAsync());
        Assert.Empty(await ResumeAsync());
    }

    [Fact]
    public async Task Recently_completed_tasks_are_delivered_again_on_demand()
    {
        await LeaveAsync("early", TaskJournalState.Completed, "task_1", ended: TimeSpan.FromMinutes(61));
        await LeaveAsync("late", TaskJournalState.Completed, "task_2", ended: TimeSpan.FromMinutes(60));
        await LeaveAsync("clock moved back", TaskJournalState.Completed, "task_3", ended: TimeSpan.FromMinutes(-5));
        await LeaveAsync("pending", TaskJournalState.Accepted, "task_4");

        var outcomes = await ResumeAsync(TimeSpan.FromHours(1));

        Assert.Equal(
            ["clock moved back", "late", "pending"], outcomes.Select(outcome => outcome.IdempotencyKey).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Failed_or_unfinished_task_is_an_error_of_its_own_item()
    {
        _handler.With(
            "detail",
            (200, """{"code":200,"data":{"medias":[{"resource_status":2,"error_msg":"too dark"}]}}"""),
            (200, ScriptedHandler.Working));
        await LeaveAsync("one", TaskJournalState.Accepted, "task_1");
        await LeaveAsync("other", TaskJournalState.Accepted, "task_2");

        var outcomes = await ResumeAsync();

        Assert.Equal(["Failed TaskFailed", "Accepted TimedOut"], outcomes.Select(outcome =>
            $"{_journal.FindAsync(outcome.IdempotencyKey, Token).Result!.State} {outcome.Error?.Kind}"));
    }

    [Fact]
    public async Task Submission_in_progress_in_another_process_is_waited_for()
    {
        await LeaveAsync("bought", TaskJournalState.Claimed, null, claimed: TimeSpan.Zero);
        await LeaveAsync("refused", TaskJournalState.Claimed, null, claimed: TimeSpan.Zero);
        var resume = ResumeAsync(advance: false);
        await _time.WaitForTimerAsync(TimeSpan.FromMilliseconds(250), Token);

        await _journal.AttachTaskAsync("bought", "task_1", Token);
        await _journal.RemoveAsync("refused", Token);
        await _time.RunAsync(resume, TimeSpan.FromSeconds(1), Token);

        Assert.Equal("bought https://images.example/1.png task_1", Text(Assert.Single(await resume)));
    }

    [Fact]
    public async Task Leaving_early_ends_the_other_watches()
    {
        _handler.With("detail", (200, ScriptedHandler.Done), (200, ScriptedHandler.Working));
        await LeaveAsync("one", TaskJournalState.Accepted, "task_1");
        await LeaveAsync("other", TaskJournalState.Accepted, "task_2");

        await foreach (var outcome in _client.ResumeAsync(cancellationToken: Token))
        {
            Assert.NotNull(outcome.Result);
            break;
        }

        Assert.Equal(0, _time.PendingTimers);
        Assert.True((await _journal.FindAsync("other", Token))!.IsPending);
    }

    [Fact]
    public async Task Cancelling_ends_the_stream_and_everything_can_be_resumed()
    {
        _handler.With("detail", (200, ScriptedHandler.Working));
        await LeaveAsync("one", TaskJournalState.Accepted, "task_1");
        using var cancel = new CancellationTokenSource();

        var resume = _client.ResumeAsync(cancellationToken: cancel.Token).GetAsyncEnumerator(Token);
        var next = resume.MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await resume.DisposeAsync();

        Assert.True((await _journal.FindAsync("one", Token))!.IsPending);
    }

    [Fact]
    public async Task Exception_of_a_journal_that_cannot_be_listed_is_rethrown()
    {
        _journal.Before = name => name == "list" ? throw new IOException("Permission denied.") : Task.CompletedTask;

        Assert.Equal("Permission denied.", (await Assert.ThrowsAsync<IOException>(() => ResumeAsync())).Message);
        Assert.Equal(
            "completedWithin",
            Assert.Throws<ArgumentOutOfRangeException>(() => _client.ResumeAsync(TimeSpan.FromTicks(-1), Token)).ParamName);
    }

    private static string Text(ImageOutcome outcome) =>
        $"{outcome.IdempotencyKey} {outcome.Error?.Kind.ToString() ?? outcome.Result?.Image.Url.ToString()} {outcome.Task?.Id}".TrimEnd();

    private async Task LeaveAsync(string key, TaskJournalState state, string? taskId, TimeSpan? ended = null, TimeSpan? claimed = null)
    {
        var entry = new TaskJournalEntry(key, "AA")
        {
            ClaimId = key,
            State = state,
            ClaimedAt = _time.GetUtcNow() - (claimed ?? TimeSpan.FromHours(2)),
            EndedAt = state is TaskJournalState.Completed or TaskJournalState.Failed
                ? _time.GetUtcNow() - (ended ?? TimeSpan.FromHours(1.5))
                : null,
            Task = taskId is null ? null : new ImageTask(taskId) { IdempotencyKey = key },
        };
        Assert.Null(await _journal.ClaimAsync(entry, Token));
    }

    private async Task<List<ImageOutcome>> ResumeAsync(TimeSpan? completedWithin = null, bool advance = true)
    {
        var work = CollectAsync();
        if (advance)
        {
            await _time.RunAsync(work, TimeSpan.FromSeconds(10), Token);
        }

        return await work;

        async Task<List<ImageOutcome>> CollectAsync()
        {
            var outcomes = new List<ImageOutcome>();
            await foreach (var outcome in _client.ResumeAsync(completedWithin, Token))
            {
                outcomes.Add(outcome);
            }

            return outcomes;
        }
    }
}
