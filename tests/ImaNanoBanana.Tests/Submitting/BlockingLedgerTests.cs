using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>G6. A ledger that blocks its caller's thread, as one over SQLite does, does not block the caller.</summary>
public sealed class BlockingLedgerTests : IDisposable
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);
    private static readonly CreditAccount Account = new("shop", 20);

    private readonly TestTimeProvider _time = new();
    [SuppressMessage("Usage", "CA2213", Justification = "A thread may still be waking up from it.")]
    private readonly ManualResetEventSlim _end = new();
    private readonly SpyLedger _ledger;
    private readonly ScriptedHandler _handler = new();
    private readonly ImaImageClient _client;

    public BlockingLedgerTests()
    {
        _ledger = new SpyLedger(_time);
        _client = TestClients.Create(
            TestClient.PatientOptions(), _handler, _time, budget: new CreditBudget(_ledger, Account));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _end.Set();
        _client.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public async Task Before_the_submission_nothing_is_sent_and_a_late_reservation_is_released()
    {
        var asked = Block("reserve");

        var start = StartAsync(Token);
        await asked.WaitAsync(Token);
        await _time.RunAsync(start, LongestCall, Token);

        Assert.Equal(ImaErrorKind.NotSent, (await Assert.ThrowsAsync<ImaException>(() => start)).Kind);
        Assert.Equal(0, _handler.Count("create"));
        Assert.DoesNotContain("release", _ledger.Methods);

        _end.Set();
        while (!_ledger.Methods.Contains("release") || _ledger.Usage(Account).Remaining < 20)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Caller_that_cancels_does_not_wait_for_the_reservation()
    {
        using var cancel = new CancellationTokenSource();
        var asked = Block("reserve");

        var start = StartAsync(cancel.Token);
        await asked.WaitAsync(Token);
        await cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => start.WaitAsync(Token));
        Assert.Equal((ImaChargeStatus.NotCharged, 0), (error.ChargeStatus, _handler.Count("create")));
    }

    [Fact]
    public async Task After_the_submission_the_task_is_delivered()
    {
        var asked = Block("commit");

        var start = StartAsync(Token);
        await asked.WaitAsync(Token);
        await _time.RunAsync(start, LongestCall, Token);

        Assert.Equal("task_1", (await start).Id);
        Assert.Equal(LongestCall, _time.GetUtcNow() - _time.Start);
    }

    [Fact]
    public async Task Rejected_submission_is_reported()
    {
        _handler.With("create", (200, """{"code":4008}"""));
        var asked = Block("release");

        var start = StartAsync(Token);
        await asked.WaitAsync(Token);
        await _time.RunAsync(start, LongestCall, Token);

        Assert.Equal(ImaErrorKind.InsufficientCredits, (await Assert.ThrowsAsync<ImaException>(() => start)).Kind);
    }

    /// <returns>Completes when the call was made.</returns>
    private Task Block(string method)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ledger.Before = call =>
        {
            if (call.Method == method)
            {
                asked.TrySetResult();
                _end.Wait(CancellationToken.None);
            }

            return Task.CompletedTask;
        };
        return asked.Task;
    }

    /// <summary>Not on the test's own thread, which would be blocked.</summary>
    private Task<ImageTask> StartAsync(CancellationToken cancellationToken) =>
        Task.Run(() => _client.SubmitAsync(new ImageRequest("a puppy"), cancellationToken), CancellationToken.None);
}
