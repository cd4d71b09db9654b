using System.Net;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>The attempts of an upload or a download, their turns and their common time limit.</summary>
public class RepeatedTransferTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestTimeProvider _time = new();
    private readonly SpyGate _gate = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The wait for a turn takes an hour each time and does not count towards the limit of five minutes.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_attempt_waits_for_its_turn(int attempts)
    {
        _gate.Wait = (_, _, token) => Task.Delay(Hour, _time, token);
        var waits = new List<int>();

        var run = RunAsync(
            _ =>
            {
                waits.Add(_gate.Waits.Count);
                var status = waits.Count == attempts ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable;
                return Task.FromResult(new HttpResponseMessage(status));
            },
            Token);
        await _time.RunAsync(run, Hour, Token);

        Assert.Equal(HttpStatusCode.OK, (await run).StatusCode);
        Assert.Equal(Enumerable.Range(1, attempts), waits);
        Assert.Equal(Enumerable.Repeat(ImaRequestKind.Read, attempts), _gate.Waits);
    }

    [Fact]
    public async Task All_attempts_together_end_at_the_limit()
    {
        CancellationToken attempt = default;
        var run = RunAsync(
            token =>
            {
                attempt = token;
                return new TaskCompletionSource<HttpResponseMessage>().Task;
            },
            Token);

        _time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.Equal((false, false), (run.IsCompleted, attempt.IsCancellationRequested));
        _time.Advance(TimeSpan.FromTicks(1));

        await Assert.ThrowsAsync<TimeoutException>(() => run);
        Assert.True(attempt.IsCancellationRequested);
    }

    private Task<HttpResponseMessage> RunAsync(
        Func<CancellationToken, Task<HttpResponseMessage>> attempt, CancellationToken cancellationToken) =>
        new RepeatedTransfer(
            new ImaNanoBananaOptions { TransferTimeout = Limit }, _time, _gate, SafeRepetition.Create(isOn: true, _time))
            .RunAsync(attempt, cancellationToken);
}
