using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Transport;

/// <summary>What ends work under a time limit, whatever the work does with its token.</summary>
public sealed class DeadlineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly TestTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_that_never_ends_is_a_timeout()
    {
        var work = RunAsync(_ => new TaskCompletionSource<int>().Task, Token);
        _time.Advance(Limit);

        var exception = await Assert.ThrowsAsync<TimeoutException>(() => work);

        Assert.Equal("over 10 s", exception.Message);
    }

    [Fact]
    public async Task Cancellation_of_the_caller_is_no_timeout_even_if_the_time_has_passed_too()
    {
        using var cancel = new CancellationTokenSource();

        var work = RunAsync(
            _ =>
            {
                _time.Advance(Limit);
                cancel.Cancel();
                return new TaskCompletionSource<int>().Task;
            },
            cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    [Fact]
    public async Task Work_that_gives_up_by_itself_is_no_timeout()
    {
        var work = RunAsync(_ => Task.FromCanceled<int>(new CancellationToken(canceled: true)), Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    [Fact]
    public async Task Token_is_cancelled_when_the_work_is_done()
    {
        var token = await Deadline.RunAsync(Limit, _time, deadline => Task.FromResult(deadline.Token), Overdue, Token);

        Assert.True(token.IsCancellationRequested);
    }

    /// <summary>The work is code of the app, which registers its callback after the wait for the work has begun.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Callback_of_the_work_that_blocks_or_throws_does_not_hold_up_the_end(bool blocks)
    {
        using var end = new ManualResetEventSlim();
        var given = new TaskCompletionSource<CancellationToken>();
        var work = RunAsync(deadline => NeverAsync(given, deadline.Token), Token);
        (await given.Task).Register(() => Misbehave(end, blocks));

        var passing = Task.Run(() => _time.Advance(Limit), Token);

        await Assert.ThrowsAsync<TimeoutException>(() => work.WaitAsync(Token));
        end.Set();
        await passing;
    }

    /// <summary>Only the caller's own thread is then in the callback, as in any program.</summary>
    [Fact]
    public async Task Callback_that_blocks_a_cancellation_does_not_hold_up_who_leaves_the_deadline()
    {
        using var end = new ManualResetEventSlim();
        using var cancel = new CancellationTokenSource();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var deadline = new Deadline(Limit, _time, cancel.Token);
        deadline.Token.Register(() =>
        {
            called.SetResult();
            end.Wait(CancellationToken.None);
        });

        var cancelling = Task.Run(cancel.Cancel, Token);
        await called.Task.WaitAsync(Token);

        await Task.Run(deadline.Dispose, Token).WaitAsync(Token);
        end.Set();
        await cancelling;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Callback_that_the_work_leaves_behind_does_not_hold_up_its_result(bool blocks)
    {
        using var end = new ManualResetEventSlim();
        var called = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var work = Task.Run(
            () => RunAsync(
                deadline =>
                {
                    deadline.Token.Register(() =>
                    {
                        called.SetResult();
                        Misbehave(end, blocks);
                    });
                    return Task.FromResult(7);
                },
                Token),
            Token);

        Assert.Equal(7, await work.WaitAsync(Token));
        await called.Task.WaitAsync(Token);
        end.Set();
    }

    /// <summary>A timer may be late: more than the limit has passed when the pause begins, and a timer takes no negative time.</summary>
    [Fact]
    public async Task Pause_after_the_limit_leaves_the_deadline_passed()
    {
        using var deadline = new Deadline(Limit, _time, Token);
        var pause = new TaskCompletionSource();
        _time.Advance(Limit + TimeSpan.FromSeconds(5));

        var paused = deadline.PauseAsync(new ValueTask(pause.Task));
        pause.SetResult();
        await paused;

        Assert.True(deadline.HasPassed);
    }

    /// <summary>Only the time outside of the pauses counts.</summary>
    [Fact]
    public async Task Deadline_passes_after_its_limit_without_the_pauses()
    {
        using var deadline = new Deadline(Limit, _time, Token);
        for (var pauses = 0; pauses < 3; pauses++)
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            var pause = new TaskCompletionSource();
            var paused = deadline.PauseAsync(new ValueTask(pause.Task));
            _time.Advance(TimeSpan.FromHours(1));
            pause.SetResult();
            await paused;
        }

        _time.Advance(TimeSpan.FromTicks(TimeSpan.TicksPerSecond - 1));
        Assert.False(deadline.HasPassed);
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((true, true), (deadline.HasPassed, deadline.Token.IsCancellationRequested));
    }

    [Fact]
    public async Task Deadline_goes_on_after_a_wait_that_failed()
    {
        using var deadline = new Deadline(Limit, _time, Token);

        await Assert.ThrowsAsync<IOException>(() => deadline.PauseAsync(ValueTask.FromException(new IOException("broken"))));
        _time.Advance(Limit);

        Assert.True(deadline.HasPassed);
    }

    [Fact]
    public async Task Nothing_is_left_of_a_deadline_that_is_disposed()
    {
        using var cancel = new CancellationTokenSource();
        var deadline = new Deadline(Limit, _time, cancel.Token);
        var token = deadline.Token;

        deadline.Dispose();
        await cancel.CancelAsync();

        Assert.Equal((0, false), (_time.PendingTimers, token.IsCancellationRequested));
    }

    [Fact]
    public async Task Callback_that_throws_does_not_reach_the_caller_who_cancels()
    {
        using var cancel = new CancellationTokenSource();
        using var deadline = new Deadline(Limit, _time, cancel.Token);
        using var callback = deadline.Token.Register(static () => throw new InvalidOperationException("broken"));

        await cancel.CancelAsync();

        Assert.Equal((true, false), (deadline.Token.IsCancellationRequested, deadline.HasPassed));
    }

    private static Task<int> NeverAsync(TaskCompletionSource<CancellationToken> given, CancellationToken cancellationToken)
    {
        given.SetResult(cancellationToken);
        return new TaskCompletionSource<int>().Task;
    }

    private static void Misbehave(ManualResetEventSlim end, bool blocks)
    {
        if (!blocks)
        {
            throw new InvalidOperationException("A callback of the app.");
        }

        end.Wait(CancellationToken.None);
    }

    private static string Overdue(TimeSpan limit) => $"over {limit.TotalSeconds:0} s";

    private Task<int> RunAsync(Func<Deadline, Task<int>> work, CancellationToken cancellationToken) =>
        Deadline.RunAsync(Limit, _time, work, Overdue, cancellationToken);
}
