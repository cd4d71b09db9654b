using ImaNanoBanana.Resilience;

namespace ImaNanoBanana.Tests.Resilience;

/// <summary>Whether a turn is waited for while the service asks to wait, and what the wait ends with.</summary>
public class LongPauseTurnTests
{
    private static readonly TimeSpan TwoHours = TimeSpan.FromHours(2);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestTimeProvider _time = new();
    private readonly LongPause _pause;
    private int _turns;

    public LongPauseTurnTests() => _pause = new LongPause(_time);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The times that the service asked for in seconds, and what is too long of them.</summary>
    [Theory]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("60", null)]
    [InlineData("61", 61)]
    [InlineData("7200", 7200)]
    [InlineData("7200,90", 7200)]
    [InlineData("90,7200", 7200)]
    [InlineData("7200,30", 7200)]
    public async Task Longest_time_that_was_asked_for_counts(string asked, int? tooLong)
    {
        _pause.Begin(null);
        foreach (var seconds in asked.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            _pause.Begin(TimeSpan.FromSeconds(int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)));
        }

        TimeSpan? left = tooLong is { } time ? TimeSpan.FromSeconds(time) : null;
        Assert.Equal(left, _pause.TooLong);
        Assert.Equal(left, await _pause.WaitAsync(Turn, Token));
        Assert.Equal((left is null ? 1 : 0, 0), (_turns, _time.PendingTimers));
    }

    /// <summary>A pause of two hours of which some time is left.</summary>
    [Theory]
    [InlineData(61, true)]
    [InlineData(60, false)]
    [InlineData(1, false)]
    public async Task Last_minute_of_a_pause_is_waited_for(int secondsLeft, bool isTooLong)
    {
        var left = TimeSpan.FromSeconds(secondsLeft);
        _pause.Begin(TwoHours);
        _time.Advance(TwoHours - left);

        var wait = _pause.WaitAsync(Turn, Token);

        Assert.Equal(isTooLong ? left : null, _pause.TooLong);
        Assert.Equal((isTooLong, 0), (wait.IsCompleted, _turns));
        _time.Advance(left);
        Assert.Equal(isTooLong ? left : null, await wait);
        Assert.Equal(isTooLong ? 0 : 1, _turns);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task Pause_that_is_over_delays_nothing(int secondsAgo)
    {
        _pause.Begin(TwoHours);
        _time.Advance(TwoHours + TimeSpan.FromSeconds(secondsAgo));

        Assert.Null(_pause.TooLong);
        Assert.Null(await _pause.WaitAsync(Turn, Token));
        Assert.Equal((1, 0), (_turns, _time.PendingTimers));
    }

    /// <summary>A wait for its turn, or for the rest of an earlier pause, ends when a long pause begins.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_ends_when_a_long_pause_begins(bool isInEarlierPause)
    {
        if (isInEarlierPause)
        {
            _pause.Begin(TwoHours);
            _time.Advance(TwoHours - Minute);
        }

        CancellationToken waiting = default;
        var wait = _pause.WaitAsync(
            token =>
            {
                waiting = token;
                return new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, _time, token));
            },
            Token);
        Assert.False(wait.IsCompleted);

        _pause.Begin(TwoHours);

        Assert.Equal(TwoHours, await wait.WaitAsync(Token));
        Assert.Equal(!isInEarlierPause, waiting.IsCancellationRequested);
        Assert.Equal(0, _time.PendingTimers);
    }

    /// <summary>Each wait is ended by the next pause, not only by the first one.</summary>
    [Fact]
    public async Task Wait_after_a_pause_ends_when_the_next_one_begins()
    {
        _pause.Begin(TwoHours);
        _time.Advance(TwoHours);
        var wait = _pause.WaitAsync(token => new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, token)), Token);
        Assert.False(wait.IsCompleted);

        _pause.Begin(TwoHours);

        Assert.Equal(TwoHours, await wait.WaitAsync(Token));
    }

    [Fact]
    public async Task Turn_that_came_as_a_long_pause_began_is_not_used()
    {
        var left = await _pause.WaitAsync(
            _ =>
            {
                _pause.Begin(TwoHours);
                return ValueTask.CompletedTask;
            },
            Token);

        Assert.Equal(TwoHours, left);
    }

    /// <summary>A gate that ignores its token holds the request until the pause is over. The request is then sent.</summary>
    [Fact]
    public async Task Turn_that_outlasts_the_pause_is_used()
    {
        var turn = new TaskCompletionSource();
        var wait = _pause.WaitAsync(_ => new ValueTask(turn.Task), Token);
        _pause.Begin(TwoHours);
        _time.Advance(TwoHours);
        Assert.False(wait.IsCompleted);

        turn.SetResult();

        Assert.Null(await wait.WaitAsync(Token));
    }

    [Fact]
    public async Task Error_of_a_turn_is_reported()
    {
        var error = new InvalidOperationException("broken");

        Assert.Same(error, await Assert.ThrowsAsync<InvalidOperationException>(
            () => _pause.WaitAsync(_ => ValueTask.FromException(error), Token)));
    }

    /// <summary>Whatever the turn does then: it throws what it likes, or it is granted.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cancellation_is_reported_as_such(bool throws)
    {
        using var cancel = new CancellationTokenSource();

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => _pause.WaitAsync(
            _ =>
            {
                cancel.Cancel();
                return throws ? ValueTask.FromException(new IOException("broken")) : ValueTask.CompletedTask;
            },
            cancel.Token));

        Assert.Equal(cancel.Token, exception.CancellationToken);
    }

    /// <summary>The caller cancels while the request waits for its turn, or for the rest of a pause.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_ends_the_wait(bool isInPause)
    {
        if (isInPause)
        {
            _pause.Begin(TwoHours);
            _time.Advance(TwoHours - Minute);
        }

        using var cancel = new CancellationTokenSource();
        var wait = _pause.WaitAsync(token => new ValueTask(Task.Delay(Minute, _time, token)), cancel.Token);
        Assert.False(wait.IsCompleted);

        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => wait.WaitAsync(Token));
        Assert.Equal(0, _time.PendingTimers);
    }

    private ValueTask Turn(CancellationToken cancellationToken)
    {
        _turns++;
        return ValueTask.CompletedTask;
    }
}
