using ImaNanoBanana.Resilience;
using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>
/// Who may be sent when a request arrives before the timer of the limiter has fired, and for how long that timer is set.
/// </summary>
public class RequestLimiterLineTests
{
    private static readonly AsyncLocal<string?> Caller = new();

    private readonly LateTimers _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A permit is there, but the one that waits for it has not received it yet.</summary>
    [Theory]
    [InlineData(ImaRequestKind.Poll, ImaRequestKind.Poll, false)]
    [InlineData(ImaRequestKind.Poll, ImaRequestKind.Read, false)]
    [InlineData(ImaRequestKind.Create, ImaRequestKind.Create, false)]
    [InlineData(ImaRequestKind.Create, ImaRequestKind.Poll, false)]
    [InlineData(ImaRequestKind.Poll, ImaRequestKind.Create, true)]
    public async Task Only_a_create_request_passes_others_that_wait(ImaRequestKind waiting, ImaRequestKind arriving, bool passes)
    {
        var limiter = new RequestLimiter(1, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Read, Token);
        var first = WaitAsync(limiter, waiting);
        await _time.TimerAsync(1);
        _time.Move(TimeSpan.FromSeconds(1));

        var second = WaitAsync(limiter, arriving);

        Assert.Equal((false, passes), (first.IsCompleted, second.IsCompleted));
    }

    [Fact]
    public async Task Permit_of_idle_time_is_given_at_once()
    {
        var limiter = new RequestLimiter(1, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        _time.Move(TimeSpan.FromSeconds(1));

        Assert.True(WaitAsync(limiter, ImaRequestKind.Poll).IsCompletedSuccessfully);
        Assert.False(WaitAsync(limiter, ImaRequestKind.Poll).IsCompleted);
    }

    /// <summary>Idle for longer than the rate needs to recover, and no request has noticed.</summary>
    [Theory]
    [InlineData(14.999, 4)]
    [InlineData(15, 2)]
    [InlineData(3600, 2)]
    public async Task Rate_recovers_before_a_later_429_halves_it(double idleSeconds, double secondsPerRequest)
    {
        var limiter = new RequestLimiter(1, 1, _time);
        limiter.SlowDown(null);
        _time.Move(RequestLimiter.ShortestPause + TimeSpan.FromSeconds(idleSeconds));

        limiter.SlowDown(null);
        _time.Move(RequestLimiter.ShortestPause);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        _ = WaitAsync(limiter, ImaRequestKind.Poll);

        Assert.Equal(TimeSpan.FromSeconds(secondsPerRequest), await _time.TimerAsync(1));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    [InlineData(4, 16)]
    [InlineData(9, 16)]
    public async Task Rate_is_never_less_than_a_sixteenth(int slowDowns, double secondsPerRequest)
    {
        var limiter = new RequestLimiter(1, 1, _time);
        for (var count = 0; count < slowDowns; count++)
        {
            limiter.SlowDown(null);
            _time.Move(RequestLimiter.ShortestPause);
        }

        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        _ = WaitAsync(limiter, ImaRequestKind.Poll);

        Assert.Equal(TimeSpan.FromSeconds(secondsPerRequest), await _time.TimerAsync(1));
    }

    /// <summary>One request was sent, and some time has passed since.</summary>
    [Theory]
    [InlineData(10.0, 0, 100)]
    [InlineData(10.0, 40, 60)]
    [InlineData(0.5, 0, 2000)]
    [InlineData(10_000.0, 0, 1)]
    [InlineData(0.0001, 0, 3_600_000)]
    public async Task Timer_is_set_for_the_time_until_the_next_permit(double perSecond, int idleMilliseconds, int milliseconds)
    {
        var limiter = new RequestLimiter(perSecond, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        _time.Move(TimeSpan.FromMilliseconds(idleMilliseconds));

        _ = WaitAsync(limiter, ImaRequestKind.Poll);

        Assert.Equal(milliseconds, Math.Round((await _time.TimerAsync(1)).TotalMilliseconds, 3));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.5)]
    public async Task Timer_is_set_for_the_end_of_a_pause(double? perSecond)
    {
        var limiter = new RequestLimiter(perSecond, 1, _time);
        limiter.SlowDown(TimeSpan.FromSeconds(30));
        _time.Move(TimeSpan.FromSeconds(12));

        _ = WaitAsync(limiter, ImaRequestKind.Poll);

        Assert.Equal(TimeSpan.FromSeconds(18), await _time.TimerAsync(1));
    }

    /// <summary>A shorter pause that is asked for during a longer one does not end it.</summary>
    [Theory]
    [InlineData(30, 5, 30)]
    [InlineData(5, 30, 30)]
    public async Task Longest_of_several_pauses_counts(int first, int second, int seconds)
    {
        var limiter = new RequestLimiter(1, 1, _time);
        limiter.SlowDown(TimeSpan.FromSeconds(first));
        limiter.SlowDown(TimeSpan.FromSeconds(second));

        _ = WaitAsync(limiter, ImaRequestKind.Poll);

        Assert.Equal(TimeSpan.FromSeconds(seconds), await _time.TimerAsync(1));
    }

    [Fact]
    public async Task All_that_wait_share_one_timer()
    {
        var limiter = new RequestLimiter(1, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        var waits = Enumerable.Range(0, 5).Select(_ => WaitAsync(limiter, ImaRequestKind.Poll)).ToList();

        await _time.TimerAsync(1);
        await BatchShop.SettleAsync();
        Assert.Equal(1, _time.Timers);
        for (var count = 1; count <= waits.Count; count++)
        {
            await _time.TimerAsync(count);
            _time.Move(TimeSpan.FromSeconds(1));
            _time.Fire(count);
            await waits[count - 1].WaitAsync(Token);
        }

        Assert.Equal(waits.Count, _time.Timers);
    }

    /// <summary>What belongs to the first that waits, such as its trace or its culture, must not reach the others.</summary>
    [Fact]
    public async Task Context_of_the_first_that_waits_does_not_reach_the_timer()
    {
        var limiter = new RequestLimiter(1, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        Caller.Value = "first";

        _ = WaitAsync(limiter, ImaRequestKind.Poll);
        await _time.TimerAsync(1);

        Assert.Null(_time.CallerOfTheLastTimer);
    }

    [Fact]
    public async Task Caller_may_have_suppressed_the_flow_of_its_context()
    {
        var limiter = new RequestLimiter(1, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);

        using (ExecutionContext.SuppressFlow())
        {
            _ = WaitAsync(limiter, ImaRequestKind.Poll);
        }

        Assert.Equal(TimeSpan.FromSeconds(1), await _time.TimerAsync(1));
    }

    private static Task WaitAsync(RequestLimiter limiter, ImaRequestKind kind) => limiter.WaitAsync(kind, Token).AsTask();

    /// <summary>A clock whose timers fire only when the test says so, however late.</summary>
    private sealed class LateTimers : TimeProvider
    {
        private readonly object _gate = new();
        private readonly List<LateTimer> _timers = [];
        private TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public int Timers
        {
            get
            {
                lock (_gate)
                {
                    return _timers.Count;
                }
            }
        }

        public string? CallerOfTheLastTimer { get; private set; } = "none";

        public override long GetTimestamp() => Interlocked.Read(ref _now);

        public void Move(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new LateTimer(() => callback(state), dueTime);
            lock (_gate)
            {
                CallerOfTheLastTimer = Caller.Value;
                _timers.Add(timer);
                _set.SetResult();
                _set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return timer;
        }

        /// <summary>Waits for a timer by its number, from 1.</summary>
        /// <returns>The time it is set for.</returns>
        public async Task<TimeSpan> TimerAsync(int number)
        {
            while (NextIfMissing(number) is { } next)
            {
                await next.WaitAsync(Token);
            }

            return Timer(number).DueTime;
        }

        public void Fire(int number) => Timer(number).Callback();

        private Task? NextIfMissing(int number)
        {
            lock (_gate)
            {
                return _timers.Count < number ? _set.Task : null;
            }
        }

        private LateTimer Timer(int number)
        {
            lock (_gate)
            {
                return _timers[number - 1];
            }
        }
    }

    private sealed record LateTimer(Action Callback, TimeSpan DueTime) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
