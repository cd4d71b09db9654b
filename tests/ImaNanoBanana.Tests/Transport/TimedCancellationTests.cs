using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

public class TimedCancellationTests
{
    [Fact]
    public void Timer_that_fires_while_it_is_disposed_throws_nothing()
    {
        var source = new CancellationTokenSource();
        source.Dispose();

        TimedCancellation.Callback(source);

        Assert.False(source.IsCancellationRequested);
    }

    [Fact]
    public void Callback_of_the_app_that_throws_does_not_reach_the_timer()
    {
        using var source = new CancellationTokenSource();
        using var registration = source.Token.Register(() => throw new InvalidOperationException("an app's own callback"));

        TimedCancellation.Callback(source);

        Assert.True(source.IsCancellationRequested);
    }
}
