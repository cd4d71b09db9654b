using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>
/// G6. A journal that blocks its caller's thread, as one over SQLite or a dead mount does, or that hangs while it is listed, does not
/// block the caller.
/// </summary>
public sealed class BlockingJournalTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    [SuppressMessage("Usage", "CA2213", Justification = "A thread may still be waking up from it.")]
    private readonly ManualResetEventSlim _end = new();
    private readonly SpyJournal _journal;
    private readonly ScriptedHandler _handler = new();
    private readonly ImaImageClient _client;

    public BlockingJournalTests()
    {
        _journal = new SpyJournal(new MemoryTaskJournal(_time));
        _client = TestClients.Create(TestClient.PatientOptions(), _handler, _time, journal: _journal);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _end.Set();
        _client.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("find")]
    [InlineData("claim")]
    public async Task Before_the_submission_nothing_is_sent(string call)
    {
        var asked = Block(call);

        var start = StartAsync();
        await asked.WaitAsync(Token);
        await _time.RunAsync(start, TimeSpan.FromSeconds(15), Token);

        Assert.Equal(ImaErrorKind.NotSent, (await Assert.ThrowsAsync<ImaException>(() => start)).Kind);
        Assert.Equal(0, _handler.Count("create"));
    }

    /// <summary>A claim that succeeds after its caller is gone is removed.</summary>
    [Fact]
    public async Task Late_claim_leaves_its_key_free()
    {
        var asked = Block("claim");
        var start = StartAsync();
        await asked.WaitAsync(Token);
        await _time.RunAsync(start, TimeSpan.FromSeconds(15), Token);
        await Assert.ThrowsAsync<ImaException>(() => start);

        _journal.Before = static _ => Task.CompletedTask;
        _end.Set();
        while ((await FileTaskJournalTests.ListAsync(_journal)).Count > 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal("task_1", (await StartAsync()).Id);
    }

    [Fact]
    public async Task After_the_submission_the_task_is_delivered()
    {
        var asked = Block("update");

        var start = StartAsync();
        await asked.WaitAsync(Token);
        await _time.RunAsync(start, TimeSpan.FromSeconds(15), Token);

        Assert.Equal(("task_1", true), ((await start).Id, (await start).JournalFailed));
    }

    [Theory]
    [InlineData("list", true)]
    [InlineData("list", false)]
    [InlineData("time", true)]
    [InlineData("time", false)]
    public async Task Resuming_ends_with_its_caller(string call, bool blocks)
    {
        using var cancel = new CancellationTokenSource();
        var asked = Block(call, blocks);

        var resume = ResumeAsync(cancel.Token);
        await asked.WaitAsync(Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resume.WaitAsync(Token));
    }

    [Theory]
    [InlineData("list")]
    [InlineData("time")]
    public async Task Resuming_ends_in_time(string call)
    {
        var asked = Block(call, blocks: false);

        var resume = ResumeAsync(Token);
        await asked.WaitAsync(Token);
        await _time.RunAsync(resume, TimeSpan.FromMinutes(2), Token);

        await Assert.ThrowsAsync<IOException>(() => resume);
    }

    /// <returns>Completes when the call was made.</returns>
    private Task Block(string call, bool blocks = true)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource();
        _journal.Before = name =>
        {
            if (name != call)
            {
                return Task.CompletedTask;
            }

            asked.TrySetResult();
            if (blocks)
            {
                _end.Wait(CancellationToken.None);
            }

            return blocks ? Task.CompletedTask : never.Task;
        };
        return asked.Task;
    }

    /// <summary>Not on the test's own thread, which would be blocked.</summary>
    private Task<ImageTask> StartAsync() =>
        Task.Run(() => _client.SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" }, Token));

    private Task ResumeAsync(CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await foreach (var outcome in _client.ResumeAsync(TimeSpan.FromHours(1), cancellationToken))
            {
                Assert.Fail(outcome.IdempotencyKey);
            }
        },
        CancellationToken.None);
}
