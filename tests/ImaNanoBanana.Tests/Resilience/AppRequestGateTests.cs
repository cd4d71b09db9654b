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
}
