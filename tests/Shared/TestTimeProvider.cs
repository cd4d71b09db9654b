using Microsoft.Extensions.Time.Testing;

namespace ImaNanoBanana.Tests;

/// <summary>
/// A <see cref="FakeTimeProvider"/> that knows its timers: a test can wait until one is set, or let the clock run from one delay to the
/// next.
/// </summary>
internal sealed partial class TestTimeProvider(DateTimeOffset? start = null)
    : FakeTimeProvider(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    private const int QuietChecks = 3;
    private const int FewestChecks = 100;

    /// <summary>
    /// In real time: a task that holds a thread for longer than this, and through a hundred checks of the clock that each yielded, counts
    /// as blocked. It is enough for code that runs for the first time, with other programs on every processor.
    /// </summary>
    private static readonly TimeSpan LongestWork = TimeSpan.FromMilliseconds(500);

    private readonly object _gate = new();
    private readonly List<TestTimer> _timers = [];
    private readonly List<(Func<TestTimer, bool> Accepts, TaskCompletionSource Seen)> _waiters = [];
    private TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many timers are set and have not fired: 0 if nothing waits and no deadline runs.</summary>
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

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new TestTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Completes as soon as a timer is set that is due in exactly this time from now; immediately if there already is one.
    /// </summary>
    public Task WaitForTimerAsync(TimeSpan dueIn, CancellationToken cancellationToken)
    {
        var due = GetUtcNow() + dueIn;
        return WaitFor(timer => timer.Due == due).WaitAsync(cancellationToken);
    }

    /// <summary>Completes when no timer is set; immediately if none is. The last steps of a call may still run on other threads.</summary>
    public Task WaitForNoTimerAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _timers.Count == 0 ? Task.CompletedTask : _none.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Moves the clock from one delay to the next until the work is done, as fast as the code under test sets its timers. Work on the
    /// thread pool runs before the clock moves, so that delays of several tasks end in their order, however busy the machine is; the clock
    /// waits only a moment for a blocked thread. Timers set for longer than the longest delay are deadlines: the clock never jumps to one,
    /// so that code that waits for something other than the clock does not time out.
    /// </summary>
    /// <param name="work">What to wait for.</param>
    /// <param name="longestDelay">The longest time that the code under test ever waits on purpose; deadlines must be longer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when <paramref name="work"/> does; it does not throw the exceptions of the work.</returns>
    public Task RunAsync(Task work, TimeSpan longestDelay, CancellationToken cancellationToken = default)
    {
        Starting();

        // Runs on its own thread, so that all work on the thread pool is other work.
        return Task.Factory.StartNew(
            () => Run(work, longestDelay, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning | TaskCreationOptions.RunContinuationsAsynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Called when the clock starts to run by itself, for a program that wants to control it.</summary>
    static partial void Starting();

    private void Run(Task work, TimeSpan longestDelay, CancellationToken cancellationToken)
    {
        var blocked = 0;
        while (!work.IsCompleted)
        {
            Task.WhenAny(work, WaitFor(timer => timer.SetFor <= longestDelay)).Wait(cancellationToken);
            blocked = LetOthersRun(work, blocked);

            // Find it again: timers that fired may have set an earlier timer or disposed the only one.
            if (!work.IsCompleted && TimeToNext(longestDelay) is { } next)
            {
                Advance(next);
            }
        }
    }

    /// <summary>
    /// Waits until no thread-pool work is running or waiting for a thread. Otherwise the clock would run ahead of work that waits for a
    /// processor and show it times that never passed.
    /// </summary>
    /// <param name="work">Also ends the wait.</param>
    /// <param name="blocked">How many work items never stop, as far as observed: they hold a thread and wait, perhaps for the
    /// clock.</param>
    /// <returns>The same number as observed now.</returns>
    private static int LetOthersRun(Task work, int blocked)
    {
        var (start, fewest, quiet) = (TimeProvider.System.GetTimestamp(), int.MaxValue, 0);
        for (var look = 0; !work.IsCompleted && (look < FewestChecks || TimeProvider.System.GetElapsedTime(start) < LongestWork); look++)
        {
            ThreadPool.GetMaxThreads(out var most, out _);
            ThreadPool.GetAvailableThreads(out var free, out _);
            fewest = Math.Min(fewest, most - free);
            quiet = ThreadPool.PendingWorkItemCount == 0 && most - free <= blocked ? quiet + 1 : 0;
            if (quiet == QuietChecks)
            {
                return fewest;
            }

            Thread.Yield();
        }

        return fewest;
    }

    /// <summary>
    /// The time until the next timer of any kind, if there is a delay to move to. The base class fires all timers that it passes at the
    /// time it moves to; here each timer fires at its own time.
    /// </summary>
    private TimeSpan? TimeToNext(TimeSpan longestDelay)
    {
        lock (_gate)
        {
            if (!_timers.Exists(timer => timer.SetFor <= longestDelay))
            {
                return null;
            }

            var next = _timers.Min(timer => timer.Due) - GetUtcNow();
            return next > TimeSpan.Zero ? next : TimeSpan.Zero;
        }
    }

    private ITimer CreateBaseTimer(TimerCallback callback) =>
        base.CreateTimer(callback, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private Task WaitFor(Func<TestTimer, bool> accepts)
    {
        lock (_gate)
        {
            if (_timers.Exists(timer => accepts(timer)))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((accepts, seen));
            return seen.Task;
        }
    }

    private void Remove(TestTimer timer)
    {
        if (_timers.Remove(timer) && _timers.Count == 0)
        {
            _none.TrySetResult();
            _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Add(TestTimer timer)
    {
        _timers.Add(timer);
        foreach (var waiter in _waiters.FindAll(waiter => waiter.Accepts(timer)))
        {
            _waiters.Remove(waiter);
            waiter.Seen.TrySetResult();
        }
    }

    /// <summary>A timer of the base class with its state, guarded by the lock of the clock.</summary>
    private sealed class TestTimer : ITimer
    {
        private readonly TestTimeProvider _time;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _timer;
        private TimeSpan _period;
        private int _turns;

        public TestTimer(TestTimeProvider time, TimerCallback callback, object? state)
        {
            (_time, _callback, _state) = (time, callback, state);
            _timer = time.CreateBaseTimer(_ => Fire());
        }

        public DateTimeOffset Due { get; private set; }

        /// <summary>The time that was left until it was due when it was set.</summary>
        public TimeSpan SetFor { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var turn = Set(dueTime, period);
            var isThere = _timer.Change(dueTime, period);
            lock (_time._gate)
            {
                // Timers that were due at once have fired by now.
                if (isThere && dueTime >= TimeSpan.Zero && _turns == turn)
                {
                    Due = _time.GetUtcNow() + dueTime;
                    _time.Add(this);
                }
            }

            return isThere;
        }

        public void Dispose()
        {
            _timer.Dispose();
            Set(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        /// <summary>It does not count as set until it is added.</summary>
        private int Set(TimeSpan dueTime, TimeSpan period)
        {
            lock (_time._gate)
            {
                _time.Remove(this);
                (SetFor, _period) = (dueTime, period);
                return ++_turns;
            }
        }

        private void Fire()
        {
            lock (_time._gate)
            {
                _turns++;
                _time.Remove(this);
                if (_period > TimeSpan.Zero)
                {
                    Due += _period;
                    _time.Add(this);
                }
            }

            _callback(_state);
        }
    }
}
