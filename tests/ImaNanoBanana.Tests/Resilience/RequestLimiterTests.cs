using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>When requests may be sent, in seconds of a clock that only the test moves.</summary>
public class RequestLimiterTests
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    private readonly TestTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private double Now => (_time.GetUtcNow() - _time.Start).TotalSeconds;

    [Fact]
    public async Task Burst_is_sent_at_once_and_the_rest_at_the_rate()
    {
        var limiter = new RequestLimiter(10, 20, _time);

        var times = await PassAsync(limiter, 45);

        Assert.All(times.Take(20), time => Assert.Equal(0, time));
        Assert.Equal(Enumerable.Range(1, 25).Select(number => number / 10.0), times.Skip(20));
    }

    [Fact]
    public async Task Idle_time_fills_the_burst_and_no_more()
    {
        var limiter = new RequestLimiter(10, 5, _time);
        await PassAsync(limiter, 5);
        _time.Advance(TimeSpan.FromHours(1));

        var times = await PassAsync(limiter, 6);

        Assert.Equal([3600, 3600, 3600, 3600, 3600, 3600.1], times);
    }

    [Fact]
    public async Task Oldest_waiter_is_first_and_a_new_one_does_not_overtake()
    {
        var limiter = new RequestLimiter(1, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        var waits = Enumerable.Range(0, 20).Select(_ => limiter.WaitAsync(ImaRequestKind.Poll, Token).AsTask()).ToList();

        for (var released = 0; released < waits.Count; released++)
        {
            await _time.WaitForTimerAsync(TimeSpan.FromSeconds(1), Token);
            _time.Advance(TimeSpan.FromSeconds(1));
            await waits[released];
            Assert.All(waits.Skip(released + 1), wait => Assert.False(wait.IsCompleted));
        }
    }

    [Fact]
    public async Task Create_requests_go_before_all_others()
    {
        var limiter = new RequestLimiter(1, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Read, Token);
        var order = new List<string>();
        ImaRequestKind[] kinds = [ImaRequestKind.Poll, ImaRequestKind.Create, ImaRequestKind.Read, ImaRequestKind.Create];
        var waits = kinds.Select((kind, number) => PassInOrderAsync(kind, number)).ToList();

        await _time.RunAsync(Task.WhenAll(waits), LongestDelay, Token);

        Assert.Equal(["Create 1", "Create 3", "Poll 0", "Read 2"], order);

        async Task PassInOrderAsync(ImaRequestKind kind, int number)
        {
            await limiter.WaitAsync(kind, Token);
            order.Add($"{kind} {number}");
        }
    }

    [Fact]
    public async Task Waiter_that_gives_up_frees_its_place_for_the_next()
    {
        var limiter = new RequestLimiter(1, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        using var cancel = new CancellationTokenSource();
        var given = Enumerable.Range(0, 100).Select(_ => limiter.WaitAsync(ImaRequestKind.Poll, cancel.Token).AsTask()).ToList();
        var last = limiter.WaitAsync(ImaRequestKind.Poll, Token).AsTask();

        await cancel.CancelAsync();
        await _time.RunAsync(last, LongestDelay, Token);

        await Task.WhenAll(given).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.All(given, wait => Assert.True(wait.IsCanceled));
        Assert.Equal(1, Math.Round(Now, 3));
    }

    [Fact]
    public Task Cancelled_token_cancels_at_once() => Assert.ThrowsAnyAsync<OperationCanceledException>(
        async () => await new RequestLimiter(10, 20, _time).WaitAsync(ImaRequestKind.Poll, new CancellationToken(canceled: true)));

    [Theory]
    [InlineData(null, 1.0)]
    [InlineData(0.0, 1.0)]
    [InlineData(7.0, 7.0)]
    [InlineData(410_400.0, 60.0)]
    public async Task After_a_429_all_pause_as_long_as_the_service_asks_and_continue_at_half_the_rate(double? hint, double pause)
    {
        var limiter = new RequestLimiter(10, 20, _time);
        await PassAsync(limiter, 3);

        limiter.SlowDown(hint is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        var times = await PassAsync(limiter, 4);

        Assert.Equal([pause, Math.Round(pause + 0.2, 3), Math.Round(pause + 0.4, 3), Math.Round(pause + 0.6, 3)], times);
    }

    [Fact]
    public async Task Concurrent_429s_halve_the_rate_once_and_later_ones_again()
    {
        var limiter = new RequestLimiter(10, 20, _time);
        limiter.SlowDown(null);
        limiter.SlowDown(null);
        Assert.Equal([1, 1.2], (await PassAsync(limiter, 2)));

        limiter.SlowDown(null);
        Assert.Equal([2.2, 2.6], (await PassAsync(limiter, 2)));
    }

    [Fact]
    public async Task Rate_recovers_without_a_further_429()
    {
        var limiter = new RequestLimiter(10, 1, _time);
        limiter.SlowDown(null);
        await PassAsync(limiter, 1);
        limiter.SlowDown(null);
        await PassAsync(limiter, 1);

        _time.Advance(RequestLimiter.Recovery);
        Assert.Equal(0.2, await GapAsync(limiter));
        _time.Advance(RequestLimiter.Recovery);
        Assert.Equal(0.1, await GapAsync(limiter));
    }

    [Fact]
    public async Task Without_a_limit_requests_wait_only_after_a_429()
    {
        var limiter = new RequestLimiter(null, 1, _time);
        Assert.All(await PassAsync(limiter, 1000), time => Assert.Equal(0, time));

        limiter.SlowDown(TimeSpan.FromSeconds(5));
        Assert.All(await PassAsync(limiter, 10), time => Assert.Equal(5, time));
    }

    [Theory]
    [InlineData(1e-4, 10_000)]
    [InlineData(1e-9, 1_000_000_000)]
    public async Task Rate_below_one_per_longest_timer_still_sends_requests(double perSecond, double seconds)
    {
        var limiter = new RequestLimiter(perSecond, 1, _time);
        await limiter.WaitAsync(ImaRequestKind.Poll, Token);
        var next = limiter.WaitAsync(ImaRequestKind.Poll, Token).AsTask();
        await _time.WaitForTimerAsync(TimeSpan.FromHours(1), Token);

        _time.Advance(TimeSpan.FromSeconds(seconds * 0.99));
        Assert.False(next.IsCompleted);

        // The last second covers the rounding of a sum of many hours.
        _time.Advance(TimeSpan.FromSeconds((seconds * 0.01) + 1));
        await next;
    }

    [Fact]
    public async Task Waiting_for_the_limiter_does_not_count_towards_a_deadline()
    {
        var limiter = new RequestLimiter(1, 1, _time);
        limiter.SlowDown(TimeSpan.FromSeconds(50));
        using var deadline = new Deadline(TimeSpan.FromMinutes(3), _time, Token);
        _time.Advance(TimeSpan.FromSeconds(30));

        await _time.RunAsync(deadline.PauseAsync(limiter.WaitAsync(ImaRequestKind.Poll, deadline.Token)), LongestDelay, Token);
        Assert.Equal(50, Now);
        _time.Advance(TimeSpan.FromSeconds(149));
        Assert.False(deadline.HasPassed);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(deadline.HasPassed);
        Assert.True(deadline.Token.IsCancellationRequested);
    }

    private async Task<double> GapAsync(RequestLimiter limiter)
    {
        var times = await PassAsync(limiter, 2);
        return Math.Round(times[1] - times[0], 3);
    }

    /// <summary>The times at which consecutive requests without a pause are sent.</summary>
    private async Task<IReadOnlyList<double>> PassAsync(RequestLimiter limiter, int count)
    {
        var times = new List<double>();
        for (var number = 0; number < count; number++)
        {
            await _time.RunAsync(limiter.WaitAsync(ImaRequestKind.Poll, Token).AsTask(), LongestDelay, Token);
            times.Add(Math.Round(Now, 3));
        }

        return times;
    }
}
