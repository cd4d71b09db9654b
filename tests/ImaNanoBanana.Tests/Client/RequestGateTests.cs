using ImaNanoBanana.Tests.Journal;

namespace ImaNanoBanana.Tests.Client;

/// <summary>What a client asks of the gate of an app, and what a gate that fails does to a request.</summary>
public sealed class RequestGateTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly ImageRequest Request = new("a puppy") { IdempotencyKey = "order-1" };

    private readonly ScriptedHandler _handler = new();
    private readonly TestTimeProvider _time = new();
    private readonly SpyGate _gate = new();
    private readonly SpyJournal _journal = new();
    private readonly ImaImageClient _client;

    public RequestGateTests() => _client = TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false, RetrySubmissions = false, WatchTimeout = Hour },
        _handler,
        _time,
        journal: _journal,
        gate: _gate);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    [Fact]
    public async Task Each_request_of_a_generation_waits_once_in_its_order()
    {
        _handler.With("detail", (200, ScriptedHandler.Working), (200, ScriptedHandler.Done));

        await RunAsync(_client.GenerateAsync(Request, Token));

        Assert.Equal([ImaRequestKind.Read, ImaRequestKind.Create, ImaRequestKind.Poll, ImaRequestKind.Poll], _gate.Waits);
        Assert.Equal(["list", "create", "detail", "detail"], _handler.Requests.Select(request => request.Endpoint));
        Assert.Empty(_gate.SlowDowns);
    }

    [Fact]
    public async Task Create_waits_before_its_key_is_claimed()
    {
        var (waiting, open) = (new TaskCompletionSource(), new TaskCompletionSource());
        _gate.Wait = (kind, number, token) =>
        {
            _ = kind == ImaRequestKind.Create && waiting.TrySetResult();
            return kind == ImaRequestKind.Create ? open.Task : Task.CompletedTask;
        };

        var submit = _client.SubmitAsync(Request, Token);
        await waiting.Task.WaitAsync(Token);
        Assert.Equal((0, 0), (_handler.Count("create"), _journal.Calls.Count(call => call == "claim")));
        open.SetResult();

        Assert.Equal("task_1", (await submit).Id);
    }

    /// <summary>The endpoint, and whether the status or the code of the body says that there were too many requests.</summary>
    [Theory]
    [InlineData("list", true)]
    [InlineData("list", false)]
    [InlineData("create", true)]
    [InlineData("create", false)]
    [InlineData("detail", true)]
    [InlineData("detail", false)]
    public async Task Too_many_requests_are_reported_once_with_the_hint_of_the_service(string endpoint, bool isStatus)
    {
        var answer = isStatus ? new ScriptedAnswer(429, "", "30") : new ScriptedAnswer(200, """{"code":429,"message":"slow down"}""", "30");
        _handler.With(endpoint, answer);

        await Assert.ThrowsAsync<ImaException>(async () => _ = endpoint == "detail"
            ? (object)await _client.GetStatusAsync(new ImageTask("task_1"), Token)
            : await _client.SubmitAsync(Request, Token));

        Assert.Equal([TimeSpan.FromSeconds(30)], _gate.SlowDowns);
    }

    [Fact]
    public async Task Gate_that_throws_before_a_create_sends_nothing()
    {
        _gate.Wait = FailAt(ImaRequestKind.Create);

        var error = await Assert.ThrowsAsync<ImaException>(() => _client.SubmitAsync(Request, Token));

        Assert.Equal(
            (ImaErrorKind.NotSent, ImaChargeStatus.NotCharged, ImaRetryGuidance.SubmitAgain, "order-1"),
            (error.Kind, error.ChargeStatus, error.RetryGuidance, error.IdempotencyKey));
        Assert.Equal(["list"], _handler.Requests.Select(request => request.Endpoint));
        Assert.Null(await _journal.FindAsync("order-1", Token));
    }

    [Fact]
    public async Task Gate_that_throws_before_the_product_list_is_read_is_an_error_of_the_list()
    {
        _gate.Wait = FailAt(ImaRequestKind.Read);

        var error = await Assert.ThrowsAsync<ImaException>(() => _client.SubmitAsync(Request, Token));

        Assert.Equal((ImaErrorKind.CatalogUnavailable, ImaChargeStatus.NotCharged), (error.Kind, error.ChargeStatus));
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Watch_goes_on_after_the_gate_threw_before_a_poll(int wait)
    {
        _handler.With("detail", (200, ScriptedHandler.Working), (200, ScriptedHandler.Done));
        _gate.Wait = (_, number, _) => number == wait ? throw new IOException("The database is gone.") : Task.CompletedTask;

        var generate = _client.GenerateAsync(Request, Token);
        await RunAsync(generate);

        Assert.Single((await generate).Images);
        Assert.Equal((5, 2), (_gate.Waits.Count, _handler.Count("detail")));
    }

    /// <summary>What the gate does when the caller cancels: it keeps waiting, or it throws another exception.</summary>
    [Theory]
    [InlineData(ImaRequestKind.Read, false)]
    [InlineData(ImaRequestKind.Create, false)]
    [InlineData(ImaRequestKind.Create, true)]
    [InlineData(ImaRequestKind.Poll, false)]
    [InlineData(ImaRequestKind.Poll, true)]
    public async Task Cancellation_ends_the_wait_whatever_the_gate_does(ImaRequestKind at, bool throws)
    {
        using var cancel = new CancellationTokenSource();
        var waiting = new TaskCompletionSource();
        _gate.Wait = (kind, number, token) =>
        {
            if (kind != at)
            {
                return Task.CompletedTask;
            }

            waiting.TrySetResult();
            if (throws)
            {
                cancel.Cancel();
                throw new IOException("The query was cancelled.");
            }

            return Task.Delay(Timeout.Infinite, Token);
        };

        var generate = _client.GenerateAsync(Request, cancel.Token);
        await waiting.Task.WaitAsync(Token);
        await cancel.CancelAsync();

        var error = await Assert.ThrowsAsync<ImageGenerationCanceledException>(() => generate);
        Assert.Equal(at == ImaRequestKind.Poll ? ImaChargeStatus.Charged : ImaChargeStatus.NotCharged, error.ChargeStatus);
        Assert.Equal((at == ImaRequestKind.Poll ? 1 : 0, "order-1"), (_handler.Count("create"), error.IdempotencyKey));
    }

    /// <summary>Each request waits an hour. The clock stops at every timer, so a deadline that ran in the meantime would pass.</summary>
    [Fact]
    public async Task No_deadline_runs_while_a_request_waits()
    {
        _gate.Wait = (_, _, token) => Task.Delay(Hour, _time, token);

        var generate = _client.GenerateAsync(Request, Token);
        await RunAsync(generate);

        Assert.Single((await generate).Images);
        Assert.Equal(3 * Hour, _time.GetUtcNow() - _time.Start);
        Assert.Equal(["list", "create", "detail"], _handler.Requests.Select(request => request.Endpoint));
    }

    private static Func<ImaRequestKind, int, CancellationToken, Task> FailAt(ImaRequestKind at) =>
        (kind, _, _) => kind == at ? throw new IOException("The database is gone.") : Task.CompletedTask;

    private Task RunAsync(Task work) => _time.RunAsync(work, 2 * Hour, Token);
}
