using ImaNanoBanana.Tests.Client;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.Tests.Watching;

/// <summary>G6. A watch ends, with its task, however long the request gate makes its polls wait.</summary>
public sealed class WatchInLineTests : IDisposable
{
    private static readonly ImageTask Task1 = new("task_1") { IdempotencyKey = "order-1" };

    private readonly ScriptedHandler _handler = new();
    private readonly TestTimeProvider _time = new();
    private readonly FakeLogger _log = new();
    private readonly SpyGate _gate = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _handler.Dispose();

    /// <summary>At most twice the timeout of the watch or 10 minutes, whichever is longer.</summary>
    [Theory]
    [InlineData(1, 600)]
    [InlineData(299, 600)]
    [InlineData(301, 602)]
    [InlineData(3600, 7200)]
    public async Task Watch_whose_first_poll_never_gets_its_turn_ends_with_the_task(int timeout, int longest)
    {
        _gate.Wait = (_, _, token) => Task.Delay(Timeout.Infinite, token);
        using var client = Client(TimeSpan.FromSeconds(timeout));

        var watch = client.WaitForCompletionAsync(Task1, Token);
        await _time.RunAsync(watch, TimeSpan.FromDays(1), Token);

        var error = await Assert.ThrowsAsync<ImaException>(() => watch);
        Assert.Equal((ImaErrorKind.TimedOut, ImaChargeStatus.Charged, Task1), (error.Kind, error.ChargeStatus, error.Task));
        Assert.Equal(TimeSpan.FromSeconds(longest), _time.GetUtcNow() - _time.Start);
        Assert.Equal([ImaRequestKind.Poll], _gate.Waits);
        Assert.Empty(_handler.Requests);
    }

    /// <summary>In a busy client, also a watch with a short timeout polls once.</summary>
    [Fact]
    public async Task First_poll_that_gets_its_turn_in_the_last_second_is_made()
    {
        _gate.Wait = (_, _, token) => Task.Delay(TimeSpan.FromSeconds(599), _time, token);
        using var client = Client(TimeSpan.FromSeconds(1));

        var watch = client.WaitForCompletionAsync(Task1, Token);
        await _time.RunAsync(watch, TimeSpan.FromSeconds(599), Token);

        Assert.Single((await watch).Images);
    }

    [Fact]
    public async Task Status_of_a_task_that_never_gets_its_turn_is_an_error_with_the_task()
    {
        _gate.Wait = (_, _, token) => Task.Delay(Timeout.Infinite, token);
        using var client = Client(TimeSpan.FromMinutes(10));

        var status = client.GetStatusAsync(Task1, Token);
        await _time.RunAsync(status, TimeSpan.FromDays(1), Token);

        Assert.Equal(Task1, (await Assert.ThrowsAsync<ImaException>(() => status)).Task);
        Assert.Equal(TimeSpan.FromMinutes(20), _time.GetUtcNow() - _time.Start);
    }

    /// <summary>A timer is late by a moment: nothing is left for the second poll, and its gate never opens.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3000)]
    public async Task Poll_that_is_late_ends_the_watch(int millisecondsLate)
    {
        var opens = new TaskCompletionSource();
        _gate.Wait = (_, number, token) => number == 1 ? opens.Task : Task.Delay(Timeout.Infinite, token);
        _handler.With("detail", (200, ScriptedHandler.Working));
        using var client = Client(TimeSpan.FromSeconds(10));

        var watch = client.WaitForCompletionAsync(Task1, Token);
        await _time.WaitForTimerAsync(TimeSpan.FromMinutes(10), Token);
        _time.Advance(TimeSpan.FromSeconds(19));
        opens.SetResult();
        await _time.WaitForTimerAsync(TimeSpan.FromSeconds(1), Token);
        _time.Advance(TimeSpan.FromMilliseconds(1000 + millisecondsLate));

        Assert.Equal(ImaErrorKind.TimedOut, (await Assert.ThrowsAsync<ImaException>(() => watch.WaitAsync(Token))).Kind);
        Assert.DoesNotContain(
            _log.Collector.GetSnapshot(), entry => entry.Message.Contains("out of range", StringComparison.OrdinalIgnoreCase)
                || entry.Message.Contains("dueTime", StringComparison.Ordinal));
    }

    private ImaImageClient Client(TimeSpan watchTimeout) => TestClients.Create(
        new ImaNanoBananaOptions { ApiKey = "ima_test_key", WatchTimeout = watchTimeout }, _handler, _time, _log, gate: _gate);
}
