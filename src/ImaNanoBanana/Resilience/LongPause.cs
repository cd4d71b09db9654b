using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// Remembers that the service asked to wait longer than the client waits. Until one minute of the pause is left, requests are refused
/// at once, also those that already wait for their turn.
/// </summary>
/// <remarks>Thread-safe. One for each kind of request that the service can refuse on its own.</remarks>
internal sealed class LongPause(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly long _origin = time.GetTimestamp();
    private TimeSpan _end;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what is left of a pause that is too long to wait for; null if there is none.</summary>
    public TimeSpan? TooLong => Look().Left is var left && left > RetryAfter.Longest ? left : null;

    /// <summary>The service responded with 429.</summary>
    /// <param name="retryAfter">How long it asks to wait. The request gate observes a time of up to one minute.</param>
    public void Begin(TimeSpan? retryAfter)
    {
        if (retryAfter is not { } length || length <= RetryAfter.Longest)
        {
            return;
        }

        TaskCompletionSource begun;
        lock (_gate)
        {
            var end = time.GetElapsedTime(_origin) + length;
            _end = end > _end ? end : _end;
            begun = _next;
            _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        begun.SetResult();
    }

    /// <summary>Waits for the end of the pause and then for a turn, unless the pause is or becomes too long.</summary>
    /// <param name="turn">Waits for the turn.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>Null if the request may be sent; otherwise what is left of the pause.</returns>
    public async Task<TimeSpan?> WaitAsync(Func<CancellationToken, ValueTask> turn, CancellationToken cancellationToken)
    {
        var (left, begins) = Look();
        if (left > RetryAfter.Longest)
        {
            return left;
        }

        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var inTurn = WaitInTurnAsync(left, turn, waiting.Token);
        await Task.WhenAny(inTurn, begins).ConfigureAwait(false);
        if (!inTurn.IsCompleted)
        {
            TimedCancellation.Begin(waiting);
            await inTurn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Whatever the turn throws because of the cancellation.
        cancellationToken.ThrowIfCancellationRequested();
        if (TooLong is { } longer)
        {
            return longer;
        }

        await inTurn.ConfigureAwait(false);
        return null;
    }

    private async Task WaitInTurnAsync(TimeSpan left, Func<CancellationToken, ValueTask> turn, CancellationToken cancellationToken)
    {
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, cancellationToken).ConfigureAwait(false);
        }

        await turn(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>What is left of the pause, negative after its end, and what ends when the next one begins.</returns>
    private (TimeSpan Left, Task Begins) Look()
    {
        lock (_gate)
        {
            return (_end - time.GetElapsedTime(_origin), _next.Task);
        }
    }
}
