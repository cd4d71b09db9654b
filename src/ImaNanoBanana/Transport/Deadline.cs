using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Transport;

/// <summary>
/// A time limit that can be paused: the time that the client makes its own requests wait is not the time of the service.
/// One caller at a time.
/// </summary>
[SuppressMessage(
    "Usage",
    "CA2213",
    Justification = "The sources have no timer and no wait handle. Disposing them while the timer cancels them would lose the callbacks.")]
internal sealed class Deadline : IDisposable
{
    private static readonly TimerCallback Pass = static state => ((Deadline)state!).EndAsPassed();

    private readonly TimeProvider _time;

    /// <summary>Ends the wait for the work. It is cancelled first: a callback of the app that blocks must not hold up the wait.</summary>
    private readonly CancellationTokenSource _end = new();

    private readonly CancellationTokenSource _work = new();
    private readonly CancellationTokenRegistration _link;
    private readonly ITimer _timer;
    private volatile bool _hasPassed;
    private TimeSpan _left;
    private long _since;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _time = time;
        _left = limit;
        _since = time.GetTimestamp();
        _link = cancellationToken.UnsafeRegister(static deadline => ((Deadline)deadline!).End(), this);
        _timer = time.CreateTimer(Pass, this, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when the time has passed, when the given token is cancelled, or when the work is done.</summary>
    public CancellationToken Token => _work.Token;

    public bool HasPassed => _hasPassed;

    /// <summary>
    /// Runs work within a limit, even if the work ignores its token. What the work leaves running is cancelled at its end.
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="work">The work. The token of its deadline is cancelled when the time has passed.</param>
    /// <param name="overdue">Returns the message of the exception for the limit.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="TimeoutException">The time has passed.</exception>
    public static async Task<T> RunAsync<T>(
        TimeSpan limit,
        TimeProvider time,
        Func<Deadline, Task<T>> work,
        Func<TimeSpan, string> overdue,
        CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(limit, time, cancellationToken);
        try
        {
            return await work(deadline).WaitAsync(deadline._end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (deadline.HasPassed && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(overdue(limit), exception);
        }
        finally
        {
            TimedCancellation.Begin(deadline._work);
        }
    }

    /// <summary>Waits for something that is not the work of the service. The limit is paused during the wait.</summary>
    public async Task PauseAsync(ValueTask wait)
    {
        if (wait.IsCompletedSuccessfully)
        {
            return;
        }

        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _left -= _time.GetElapsedTime(_since);
        try
        {
            await wait.ConfigureAwait(false);
        }
        finally
        {
            _since = _time.GetTimestamp();
            _timer.Change(_left > TimeSpan.Zero ? _left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();

        // Do not wait for a cancellation in progress, because a callback of the app may block it.
        _link.Unregister();
    }

    private void EndAsPassed()
    {
        _hasPassed = true;
        End();
    }

    private void End()
    {
        TimedCancellation.Cancel(_end);
        TimedCancellation.Cancel(_work);
    }
}
