namespace ImaNanoBanana.Transport;

/// <summary>Limits the time that one attempt of a transfer may take without progress. One attempt at a time.</summary>
internal sealed class StallWatch : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _stalled;
    private readonly ITimer _timer;

    public StallWatch(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _caller = cancellationToken;
        _stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(TimedCancellation.Callback, _stalled, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled when there was no progress for too long, or with the caller's token.</summary>
    public CancellationToken Token => _stalled.Token;

    /// <summary>Reports progress: the time starts again.</summary>
    public void Progressed() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <summary>Pauses the time until the next progress, while the transfer waits for another party that has a separate limit.</summary>
    public void Pause() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public bool HasStalled => Token.IsCancellationRequested && !_caller.IsCancellationRequested;

    public TimeoutException NoProgress(OperationCanceledException cause) => new($"no progress for {_limit.TotalSeconds:0} s", cause);

    /// <summary>
    /// Ends the attempt and everything that it left running: a send continues even after a handler of the app has given up on it.
    /// </summary>
    public void Dispose()
    {
        _timer.Dispose();
        TimedCancellation.Cancel(_stalled);
        _stalled.Dispose();
    }
}
