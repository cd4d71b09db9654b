namespace ImaNanoBanana.Tests.Testing;

public class TestTimeProviderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Test_can_wait_until_a_timer_is_set()
    {
        var time = new TestTimeProvider();
        var waiting = time.WaitForTimerAsync(TimeSpan.FromSeconds(7), Token);
        Assert.False(waiting.IsCompleted);

        var delay = Task.Delay(TimeSpan.FromSeconds(7), time, Token);
        await waiting;
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(7), Token);
        Assert.False(delay.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(7));

        await delay;
    }

    [Fact]
    public async Task Clock_runs_from_delay_to_delay_and_never_to_a_deadline()
    {
        var time = new TestTimeProvider();
        var start = time.GetUtcNow();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1), time);
        var work = WorkAsync();

        await time.RunAsync(work, TimeSpan.FromSeconds(59), Token);

        Assert.Equal(25 * 7, (time.GetUtcNow() - start).TotalSeconds + await work);

        async Task<int> WorkAsync()
        {
            for (var step = 0; step < 7; step++)
            {
                // The code is busy on another thread, and nothing shows the clock when the next delay starts.
                await Task.Run(() => Thread.SpinWait(1000), Token);
                await Task.Delay(TimeSpan.FromSeconds(5), time, Token);
                Assert.False(deadline.IsCancellationRequested);
            }

            return 20 * 7;
        }
    }

    [Fact]
    public async Task Clock_that_nothing_waits_for_stands_still_until_the_caller_leaves()
    {
        var time = new TestTimeProvider();
        using var cancel = new CancellationTokenSource();
        var running = time.RunAsync(new TaskCompletionSource().Task, TimeSpan.FromHours(1), cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Clock_does_not_run_ahead_of_many_tasks_that_work_side_by_side()
    {
        const int Steps = 10;
        var time = new TestTimeProvider();
        var start = time.GetUtcNow();
        var work = Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(WorkAsync, Token)));

        await time.RunAsync(work, TimeSpan.FromSeconds(60), Token);

        Assert.Equal(Steps, (time.GetUtcNow() - start).TotalSeconds);

        async Task WorkAsync()
        {
            for (var step = 0; step < Steps; step++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, Token);
                await Task.Yield();
            }
        }
    }

    /// <summary>
    /// Every 2 seconds one task works on two threads for longer than a clock needs to move; another task waits 11 seconds.
    /// </summary>
    [Fact]
    public async Task Clock_does_not_overtake_running_work()
    {
        for (var turn = 0; turn < 20; turn++)
        {
            var time = new TestTimeProvider();
            var (steps, seen) = (0, 0);
            var work = Task.WhenAll(Task.Run(WorkAsync, Token), Task.Run(PollAsync, Token));

            await time.RunAsync(work, TimeSpan.FromSeconds(60), Token);

            Assert.Equal(5, seen);

            async Task WorkAsync()
            {
                while (steps < 7)
                {
                    await Task.Delay(TimeSpan.FromSeconds(2), time, Token);
                    Thread.SpinWait(5000);
                    await Task.Yield();
                    Thread.SpinWait(5000);
                    steps++;
                }
            }

            async Task PollAsync()
            {
                await Task.Delay(TimeSpan.FromSeconds(11), time, Token);
                seen = steps;
            }
        }
    }

    /// <summary>A task holds a thread of the pool until the clock has run.</summary>
    [Fact]
    public async Task Clock_moves_although_a_thread_waits_for_it()
    {
        var time = new TestTimeProvider();
        var start = time.GetUtcNow();
        using var ended = new ManualResetEventSlim();
        var waiting = Task.Run(() => ended.Wait(Token), Token);
        var work = WorkAsync();

        await time.RunAsync(work, TimeSpan.FromSeconds(60), Token);

        Assert.Equal(20, (time.GetUtcNow() - start).TotalSeconds);
        ended.Set();
        await waiting;

        async Task WorkAsync()
        {
            for (var step = 0; step < 20; step++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), time, Token).ConfigureAwait(false);
            }
        }
    }

    [Fact]
    public void Timers_that_are_set_are_counted_and_disposed_ones_never_fire_again()
    {
        var time = new TestTimeProvider();
        var fired = 0;
        var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var now = time.CreateTimer(_ => { }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        using var idle = time.CreateTimer(_ => fired++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var tick = time.CreateTimer(_ => { }, null, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(9));
        Assert.Equal(2, time.PendingTimers);

        timer.Dispose();

        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((0, 1), (fired, time.PendingTimers));
    }

    /// <summary>
    /// This holds while the clock runs, although the base class shows the same time to all timers that it passes at once.
    /// </summary>
    [Fact]
    public async Task Every_timer_sees_its_own_time()
    {
        var time = new TestTimeProvider();
        var start = time.GetUtcNow();
        var fired = new List<(string, double)>();
        using var deadline = time.CreateTimer(_ => Note("deadline"), null, TimeSpan.FromSeconds(61), Timeout.InfiniteTimeSpan);
        using var tick = time.CreateTimer(_ => Note("tick"), null, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        var work = WorkAsync();

        await time.RunAsync(work, TimeSpan.FromSeconds(60), Token);

        Assert.Equal([("tick", 30), ("delay", 50), ("tick", 60), ("deadline", 61), ("tick", 90), ("delay", 100)], fired);

        void Note(string timer) => fired.Add((timer, (time.GetUtcNow() - start).TotalSeconds));

        async Task WorkAsync()
        {
            for (var turn = 0; turn < 2; turn++)
            {
                await Task.Delay(TimeSpan.FromSeconds(50), time, Token);
                Note("delay");
            }
        }
    }
}
