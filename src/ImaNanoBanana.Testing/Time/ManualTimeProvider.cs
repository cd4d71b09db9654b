namespace ImaNanoBanana.Testing;

/// <summary>
/// A clock that stands still until a test moves it. A timer fires when the clock passes its time, on the thread that
/// moves the clock; <see cref="WaitForTimerAsync"/> lets a test wait until the code under test has set its timer,
/// because moving the clock fires only timers that exist.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private const int QuietLooks = 3;
    private const int FewestLooks = 100;

    /// <summary>
    /// In real time: whoever holds a thread for longer, and as the clock looked a hundred times and gave way each time, counts as
    /// blocked. Beside four other programs on one processor it is time for 20 ms of work.
    /// </summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly DateTimeOffset _start;
    private readonly List<ManualTimer> _timers = [];
    private readonly List<TimerWaiter> _waiters = [];
    private DateTimeOffset _now;

    /// <summary>A clock that starts at a time of your choice.</summary>
    /// <param name="start">The time it shows; null for the start of 2026, UTC.</param>
    public ManualTimeProvider(DateTimeOffset? start = null)
    {
        _start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _now = _start;
    }

    /// <summary>How many timers are set and have not fired: 0 when nothing waits and no deadline runs.</summary>
    public int PendingTimers
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        Schedule(timer, dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward and fires, in the order of their times, the timers that it passes.</summary>
    /// <param name="by">How far; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetUtcNow() + by;
        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _now = target > _now ? target : _now;
        }
    }

    /// <summary>Completes as soon as a timer is set that is due in exactly this time from now, at once if there is one.</summary>
    /// <param name="dueIn">The time from now until the timer is due.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when the timer exists.</returns>
    public Task WaitForTimerAsync(TimeSpan dueIn, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            var due = _now + dueIn;
            return WaitFor(timer => timer.Due == due).WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Moves the clock from one delay to the next until the work is done, as fast as the code under test sets its timers.
    /// What is at work on the thread pool goes before the clock, so that delays of several tasks end in their order, however
    /// busy the machine is; a thread that blocks is not waited for beyond a moment. Timers that were set for longer than the
    /// longest delay are deadlines: the clock never jumps to one, so that code that waits for something else than the clock
    /// does not time out.
    /// </summary>
    /// <param name="work">What to wait for.</param>
    /// <param name="longestDelay">The longest time that the code under test ever waits on purpose; deadlines must be longer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when <paramref name="work"/> does; it does not throw what the work throws.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    public Task RunAsync(Task work, TimeSpan longestDelay, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);

        // On a thread of its own: whoever is at work on the thread pool is then somebody else.
        return Task.Factory.StartNew(
            () => Run(work, longestDelay, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously,
            TaskScheduler.Default);
    }

    /// <returns>False for a timer that is disposed: it never fires again.</returns>
    internal bool Schedule(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.IsDisposed)
            {
                return false;
            }

            _timers.Remove(timer);
            timer.Period = period;
            timer.SetFor = dueTime;
            timer.Due = dueTime < TimeSpan.Zero ? null : _now + dueTime;
            if (timer.Due is { } due)
            {
                _timers.Add(timer);
                foreach (var waiter in _waiters.FindAll(waiter => waiter.Accepts(timer)))
                {
                    _waiters.Remove(waiter);
                    waiter.Seen.TrySetResult(due - _now);
                }
            }
        }

        // A timer that is due at once does not wait for the clock to move.
        if (dueTime == TimeSpan.Zero)
        {
            Advance(TimeSpan.Zero);
        }

        return true;
    }

    internal void Remove(ManualTimer timer)
    {
        lock (_gate)
        {
            timer.IsDisposed = true;
            timer.Due = null;
            _timers.Remove(timer);
        }
    }

    private ManualTimer? NextDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            var timer = _timers.Where(candidate => candidate.Due <= target).MinBy(candidate => candidate.Due);
            if (timer is null)
            {
                return null;
            }

            _now = timer.Due!.Value > _now ? timer.Due.Value : _now;
            timer.Due += timer.Period;
            if (timer.Period <= TimeSpan.Zero)
            {
                timer.Due = null;
                _timers.Remove(timer);
            }

            return timer;
        }
    }

    private void Run(Task work, TimeSpan longestDelay, CancellationToken cancellationToken)
    {
        var blocked = 0;
        while (!work.IsCompleted)
        {
            Task.WhenAny(work, NextWithinAsync(longestDelay)).Wait(cancellationToken);
            blocked = LetOthersRun(work, blocked);

            // Looked up anew: those that ran may have set an earlier timer, or disposed the only one.
            if (!work.IsCompleted && TimeToNext(longestDelay) is { } next)
            {
                Advance(next);
            }
        }
    }

    /// <summary>
    /// Until nobody on the thread pool is at work or waits for a thread: else the clock would run ahead of those that wait for
    /// a processor, and show them times that they never took.
    /// </summary>
    /// <param name="work">What ends it as well.</param>
    /// <param name="blocked">How many never stop, as far as was seen: they hold a thread and wait, for the clock perhaps.</param>
    /// <returns>The same as far as is seen now.</returns>
    private static int LetOthersRun(Task work, int blocked)
    {
        var (start, fewest, quiet) = (TimeProvider.System.GetTimestamp(), int.MaxValue, 0);
        for (var look = 0; !work.IsCompleted && (look < FewestLooks || TimeProvider.System.GetElapsedTime(start) < LongestWork); look++)
        {
            ThreadPool.GetMaxThreads(out var most, out _);
            ThreadPool.GetAvailableThreads(out var free, out _);
            fewest = Math.Min(fewest, most - free);
            quiet = ThreadPool.PendingWorkItemCount == 0 && most - free <= blocked ? quiet + 1 : 0;
            if (quiet == QuietLooks)
            {
                return fewest;
            }

            Thread.Yield();
        }

        return fewest;
    }

    private TimeSpan? TimeToNext(TimeSpan limit)
    {
        lock (_gate)
        {
            return Earliest(timer => timer.SetFor <= limit);
        }
    }

    private Task<TimeSpan> NextWithinAsync(TimeSpan limit)
    {
        lock (_gate)
        {
            return WaitFor(timer => timer.SetFor <= limit);
        }
    }

    /// <summary>The time until the earliest timer that is accepted, as soon as there is one. Needs the lock.</summary>
    private Task<TimeSpan> WaitFor(Func<ManualTimer, bool> accepts)
    {
        if (Earliest(accepts) is { } earliest)
        {
            return Task.FromResult(earliest);
        }

        var waiter = new TimerWaiter(accepts, new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously));
        _waiters.Add(waiter);
        return waiter.Seen.Task;
    }

    /// <summary>The time until the earliest timer that is accepted; null when there is none. Needs the lock.</summary>
    private TimeSpan? Earliest(Func<ManualTimer, bool> accepts) => _timers.Where(accepts).MinBy(timer => timer.Due)?.Due - _now;

    private sealed record TimerWaiter(Func<ManualTimer, bool> Accepts, TaskCompletionSource<TimeSpan> Seen);
}
