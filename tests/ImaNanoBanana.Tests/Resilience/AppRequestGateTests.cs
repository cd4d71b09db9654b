using ImaNanoBanana.Resilience;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>A gate of the app that misbehaves when a wait is cancelled.</summary>
public class AppRequestGateTests
{
    [Fact]
    public async Task Gate_is_not_asked_after_a_cancellation()
    {
        var spy = new SpyGate();

        await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await new AppRequestGate(spy).WaitAsync(ImaRequestKind.Create, new CancellationToken(canceled: true)));

        Assert.Empty(spy.Waits);
    }

    [Fact]
    public async Task Whatever_a_gate_throws_because_of_the_cancellation_is_a_cancellation()
    {
        using var cancel = new CancellationTokenSource();
        var spy = new SpyGate
        {
            Wait = async (_, _, _) =>
            {
                await cancel.CancelAsync();
                throw new InvalidOperationException("broken");
            },
        };

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(
            async () => await new AppRequestGate(spy).WaitAsync(ImaRequestKind.Create, cancel.Token));

        Assert.Equal(cancel.Token, exception.CancellationToken);
    }

    /// <summary>The answer of the service, perhaps with a charged task, is there already.</summary>
    [Fact]
    public void Gate_that_throws_when_it_is_to_slow_down_harms_no_answer()
    {
        var broken = new BrokenGate();

        new AppRequestGate(broken).SlowDown(TimeSpan.FromSeconds(7));

        Assert.Equal([TimeSpan.FromSeconds(7)], broken.SlowDowns);
    }

    [Fact]
    public async Task Gate_that_gives_a_turn_lets_the_request_pass()
    {
        var spy = new SpyGate();

        await new AppRequestGate(spy).WaitAsync(ImaRequestKind.Poll, TestContext.Current.CancellationToken);

        Assert.Equal([ImaRequestKind.Poll], spy.Waits);
    }

    private sealed class BrokenGate : IRequestGate
    {
        public List<TimeSpan?> SlowDowns { get; } = [];

        public ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public void SlowDown(TimeSpan? retryAfter)
        {
            SlowDowns.Add(retryAfter);
            throw new InvalidOperationException("broken");
        }
    }
}
