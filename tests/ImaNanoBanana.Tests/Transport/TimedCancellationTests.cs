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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Begun_cancellation_neither_throws_nor_waits(bool blocks)
    {
        using var end = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var first = source.Token.Register(called.SetResult);
        using var second = source.Token.Register(() =>
        {
            if (!blocks)
            {
                throw new InvalidOperationException("an app's own callback");
            }

            end.Wait(CancellationToken.None);
        });

        TimedCancellation.Begin(source);

        Assert.True(source.IsCancellationRequested);
        Assert.False(blocks && called.Task.IsCompleted);
        end.Set();
        await called.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Beginning_to_cancel_a_disposed_source_throws_nothing()
    {
        var source = new CancellationTokenSource();
        source.Dispose();

        TimedCancellation.Begin(source);

        Assert.False(source.IsCancellationRequested);
    }
}
