using ImaNanoBanana.Resilience;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>A gate of the app that misbehaves when a wait is cancelled.</summary>
public class AppRequestGateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

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

    /// <summary>It blocks in its method, or in its callback when it is cancelled.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_is_cancelled_although_the_gate_blocks(bool inCallback)
    {
        using var cancel = new CancellationTokenSource();
        var end = new ManualResetEventSlim();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var spy = new SpyGate
        {
            Wait = (_, _, token) =>
            {
                token.Register(() => end.Wait(CancellationToken.None));
                asked.SetResult();
                if (!inCallback)
                {
                    end.Wait(CancellationToken.None);
                }

                return new TaskCompletionSource().Task;
            },
        };

        var wait = Task.Run(async () => await new AppRequestGate(spy).WaitAsync(ImaRequestKind.Poll, cancel.Token), Token);
        await asked.Task.WaitAsync(Token);
        var cancelling = Task.Run(cancel.Cancel, Token);

        Assert.Equal(
            cancel.Token, (await Assert.ThrowsAsync<OperationCanceledException>(() => wait.WaitAsync(Token))).CancellationToken);
        end.Set();
        await cancelling;
    }

    /// <summary>The permission came, and nothing is left for the gate to do.</summary>
    [Fact]
    public async Task Callback_that_a_gate_leaves_behind_does_not_hold_up_the_request()
    {
        var end = new ManualResetEventSlim();
        var spy = new SpyGate
        {
            Wait = (_, _, token) =>
            {
                token.Register(() => end.Wait(CancellationToken.None));
                return Task.CompletedTask;
            },
        };

        await Task.Run(async () => await new AppRequestGate(spy).WaitAsync(ImaRequestKind.Poll, Token), Token).WaitAsync(Token);
        end.Set();

        Assert.Equal([ImaRequestKind.Poll], spy.Waits);
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
