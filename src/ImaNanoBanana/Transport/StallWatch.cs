namespace ImaNanoBanana.Transport;

/// <summary>The time that one attempt of a transfer may go without progress. One attempt at a time.</summary>
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

    /// <summary>Cancelled when nothing has moved for too long, or with the caller's token.</summary>
    public CancellationToken Token => _stalled.Token;

    /// <summary>Something has moved: the time begins again.</summary>
    public void Progressed() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <summary>The time stands still until something moves again: somebody else is waited for, who has a limit of his own.</summary>
    public void Pause() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public bool HasStalled => Token.IsCancellationRequested && !_caller.IsCancellationRequested;

    public TimeoutException NoProgress(OperationCanceledException cause) => new($"no progress for {_limit.TotalSeconds:0} s", cause);

    /// <summary>Ends the attempt with all that it left running: a send goes on when a handler of the app gives up on it.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        TimedCancellation.Cancel(_stalled);
        _stalled.Dispose();
    }
}
