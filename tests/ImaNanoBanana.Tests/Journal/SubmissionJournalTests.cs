using ImaNanoBanana.Journal;
using ImaNanoBanana.Tests.Client;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>What the client writes to its journal and when, and what it does when the journal fails.</summary>
public sealed class SubmissionJournalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly TestTimeProvider _time = new();
    private readonly SpyJournal _journal;
    private readonly ScriptedHandler _handler = new();
    private readonly FakeLogger _log = new();

    public SubmissionJournalTests() => _journal = new SpyJournal(new MemoryTaskJournal(_time));

    private static CancellationToken Token => TestContext.Current.CancellationToken;
    private static ImageRequest Request => new("a puppy") { IdempotencyKey = "order-1" };

    public void Dispose() => _handler.Dispose();

    [Theory]
    [InlineData("order-1", "find", "claim", "create", "update Accepted task_1")]
    [InlineData(null, "claim", "create", "update Accepted task_1")]
    public async Task Key_is_claimed_before_the_create_and_its_task_recorded_after_it(string? key, params string[] calls)
    {
        using var client = Client(_handler);
        _journal.Before = name =>
        {
            if (name == "update")
            {
                _journal.Calls.Insert(_journal.Calls.Count - 1, "create");
                Assert.Equal(1, _handler.Count("create"));
            }
            else
            {
                Assert.Equal(0, _handler.Count("create"));
            }

            return Task.CompletedTask;
        };

        await client.SubmitAsync(Request with { IdempotencyKey = key }, Token);

        Assert.Equal(calls, _journal.Calls);
    }

    [Fact]
    public async Task End_is_recorded_when_the_reader_has_read_the_last_item()
    {
        using var client = Client(_handler);

        await foreach (var item in client.GenerateStreamingAsync(Request, Token))
        {
            if (item.Result is not null)
            {
                Assert.Equal(TaskJournalState.Accepted, (await _journal.FindAsync("order-1", Token))!.State);
            }
        }

        var entry = await _journal.FindAsync("order-1", Token);
        Assert.Equal((TaskJournalState.Completed, _time.GetUtcNow()), (entry!.State, entry.EndedAt!.Value));
    }

    [Fact]
    public async Task Task_that_failed_is_recorded_as_failed()
    {
        _handler.With("detail", (200, """{"code":200,"data":{"medias":[{"resource_status":2}]}}"""));
        using var client = Client(_handler);

        await Assert.ThrowsAsync<ImaException>(() => client.GenerateAsync(Request, Token));

        Assert.Equal(TaskJournalState.Failed, (await _journal.FindAsync("order-1", Token))!.State);
    }

    [Fact]
    public async Task One_status_query_of_a_finished_task_records_its_end()
    {
        using var client = Client(_handler);
        var task = await client.SubmitAsync(Request, Token);

        await client.GetStatusAsync(task, Token);

        Assert.Equal(TaskJournalState.Completed, (await _journal.FindAsync("order-1", Token))!.State);
    }

    [Theory]
    [InlineData("find")]
    [InlineData("claim")]
    public async Task Journal_that_fails_before_the_submission_sends_nothing(string call)
    {
        _journal.Before = name => name == call ? throw new IOException("No space left on device.") : Task.CompletedTask;
        using var client = Client(_handler);

        var exception = await Assert.ThrowsAsync<ImaException>(() => client.GenerateAsync(Request, Token));

        Assert.Equal(
            (ImaErrorKind.NotSent, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, "order-1"),
            (exception.Kind, exception.ChargeStatus, exception.RetryGuidance, exception.IdempotencyKey));
        Assert.Contains("(No space left on device)", exception.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(exception.InnerException);
        Assert.Equal(0, _handler.Count("create"));
    }

    [Theory]
    [InlineData("throws", "No space left on device.")]
    [InlineData("forgets", "the claim no longer exists")]
    public async Task Journal_that_fails_after_the_submission_loses_no_task(string how, string reason)
    {
        _journal.Before = async name =>
        {
            if (name == "update" && how == "throws")
            {
                throw new IOException("No space left on device.");
            }

            if (name == "update" && !_journal.Calls.Contains("remove"))
            {
                await _journal.RemoveAsync("order-1", Token);
            }
        };
        using var client = Client(_handler);

        var result = await client.GenerateAsync(Request, Token);

        Assert.True(result.Task.JournalFailed);
        Assert.False(ImageTask.FromHandle(result.Task.ToHandle()).JournalFailed);
        Assert.Equal(
            [
                $"Error 5: The journal could not record submission order-1, task task_1: {reason.TrimEnd('.')}. "
                    + "The journal keeps its earlier state, so after a crash the outcome may be unknown",
            ],
            _log.Collector.GetSnapshot().Select(logged => $"{logged.Level} {logged.Id.Id}: {logged.Message}")
                .Where(text => text.StartsWith("Error", StringComparison.Ordinal)).Distinct());
        Assert.Equal(1, _handler.Count("create"));
    }

    [Theory]
    [InlineData("find")]
    [InlineData("claim")]
    public async Task Journal_that_hangs_before_the_submission_sends_nothing(string call)
    {
        _journal.Before = name => name == call ? Task.Delay(Timeout.InfiniteTimeSpan, Token) : Task.CompletedTask;
        using var client = Client(_handler);

        var start = client.SubmitAsync(Request, Token);
        await _time.RunAsync(start, Patience, Token);

        Assert.Equal(ImaErrorKind.NotSent, (await Assert.ThrowsAsync<ImaException>(() => start)).Kind);
        Assert.Equal(0, _handler.Count("create"));
    }

    [Fact]
    public async Task Journal_that_hangs_after_the_submission_does_not_block_the_caller()
    {
        _journal.Before = name => name == "update" ? Task.Delay(Timeout.InfiniteTimeSpan, Token) : Task.CompletedTask;
        using var client = Client(_handler);

        var start = client.SubmitAsync(Request, Token);
        await _time.RunAsync(start, Patience, Token);

        Assert.True((await start).JournalFailed);
    }

    /// <summary>A claim that succeeds after its caller has gone submits nothing and leaves its key free.</summary>
    [Fact]
    public async Task Claim_whose_caller_cancelled_is_released()
    {
        var (claiming, slow) = (new TaskCompletionSource(), new TaskCompletionSource());
        var removed = new TaskCompletionSource();
        _journal.After = name =>
        {
            if (name == "remove")
            {
                removed.SetResult();
            }
        };
        _journal.Before = name =>
        {
            if (name != "claim")
            {
                return Task.CompletedTask;
            }

            claiming.SetResult();
            return slow.Task;
        };
        using var client = Client(_handler);
        using var cancel = new CancellationTokenSource();

        var start = client.SubmitAsync(Request, cancel.Token);
        await claiming.Task;
        await cancel.CancelAsync();
        var exception = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start);
        slow.SetResult();
        await removed.Task.WaitAsync(Token);

        Assert.Equal((ImaChargeStatus.NotCharged, "order-1"), (exception.ChargeStatus, exception.IdempotencyKey));
        Assert.Equal(0, _handler.Count("create"));
        Assert.Empty(await FileTaskJournalTests.ListAsync(_journal));
    }

    /// <summary>The answer arrives after the caller has cancelled and its grace period has ended.</summary>
    [Theory]
    [InlineData("""{"code":200,"data":{"id":"task_1"}}""", TaskJournalState.Accepted)]
    [InlineData("""{"code":500,"data":{"id":"task_1"}}""", TaskJournalState.Unknown)]
    [InlineData("""{"code":4008}""", null)]
    public async Task Late_answer_is_recorded(string body, TaskJournalState? state)
    {
        _handler.With("create", (200, body));
        using var held = new HeldHandler(_handler);
        using var client = Client(held);
        using var cancel = new CancellationTokenSource();
        var recorded = new TaskCompletionSource();
        _journal.After = name =>
        {
            if (name is "update" or "remove")
            {
                recorded.SetResult();
            }
        };

        var start = client.SubmitAsync(Request, cancel.Token);
        await held.Arrived.WaitAsync(Token);
        await cancel.CancelAsync();
        await _time.RunAsync(start, Patience, Token);
        Assert.Equal(ImaChargeStatus.Unknown, (await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start)).ChargeStatus);
        Assert.Equal(TaskJournalState.Claimed, (await _journal.FindAsync("order-1", Token))!.State);
        held.Release();
        await recorded.Task.WaitAsync(Token);

        var entry = await _journal.FindAsync("order-1", Token);
        Assert.Equal((state, state is null ? null : "task_1"), (entry?.State, entry?.Task?.Id));
    }

    private ImaImageClient Client(HttpMessageHandler handler) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetrySubmissions = false }, handler, _time, _log, _journal);
}
