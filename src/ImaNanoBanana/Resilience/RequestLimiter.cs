using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// Limits the rate at which the requests of one client are sent: create requests first, then the oldest of the others. When the
/// service responds with 429, all requests pause, and then continue at half the rate until there was no 429 for a while.
/// </summary>
/// <remarks>Thread-safe. A token bucket that fills with time; no timer runs while nothing waits.</remarks>
internal sealed class RequestLimiter(double? perSecond, int burst, TimeProvider time) : IRequestGate
{
    /// <summary>1 s: the pause after a 429 that does not specify one.</summary>
    public static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    /// <summary>15 s without a 429 double a halved rate.</summary>
    public static readonly TimeSpan Recovery = TimeSpan.FromSeconds(15);

    /// <summary>The slowest rate is a sixteenth of the full rate.</summary>
    private const int MostHalvings = 4;

    private static readonly TimeSpan ShortestDelay = TimeSpan.FromMilliseconds(1);

    /// <summary>1 h: a timer has a maximum time. What is due later is calculated again.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private readonly LinkedList<TaskCompletionSource> _creates = [];
    private readonly LinkedList<TaskCompletionSource> _others = [];
    private readonly long _origin = time.GetTimestamp();
    private double _permits = burst;

    /// <summary>The time up to which the permits are calculated; ahead of the clock during a pause.</summary>
    private TimeSpan _reckoned;
    private TimeSpan _slowSince;
    private int _halvings;
    private bool _isReleasing;

    private TimeSpan Now => time.GetElapsedTime(_origin);

    private double Rate => (perSecond ?? 0) / (1 << _halvings);

    /// <summary>Completes when one request may be sent.</summary>
    public ValueTask WaitAsync(ImaRequestKind kind, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        LinkedListNode<TaskCompletionSource> waiter;
        lock (_gate)
        {
            Reckon();
            var line = kind == ImaRequestKind.Create ? _creates : _others;
            if (line.Count == 0 && _creates.Count == 0 && TryTake())
            {
                return ValueTask.CompletedTask;
            }

            waiter = line.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (!_isReleasing)
            {
                _isReleasing = true;
                StartReleasing();
            }
        }

        return new ValueTask(WaitInLineAsync(waiter, cancellationToken));
    }

    /// <summary>The service responded with 429: nothing is sent for as long as it asks, and then less.</summary>
    /// <param name="retryAfter">The time that the service asks for, of which at most one minute is observed; null if it specifies
    /// none.</param>
    public void SlowDown(TimeSpan? retryAfter)
    {
        var asked = retryAfter ?? ShortestPause;
        var pause = TimeSpan.FromTicks(Math.Clamp(asked.Ticks, ShortestPause.Ticks, RetryAfter.Longest.Ticks));
        lock (_gate)
        {
            Reckon();

            // Requests that were in progress together are rejected together. That is one reason to slow down, not several.
            if (Now >= _reckoned)
            {
                _halvings = Math.Min(_halvings + 1, MostHalvings);
            }

            // One request is sent after the pause, to test whether the service accepts it.
            _permits = 1;
            _slowSince = Now + pause;
            _reckoned = _reckoned > _slowSince ? _reckoned : _slowSince;
        }
    }

    private async Task WaitInLineAsync(LinkedListNode<TaskCompletionSource> waiter, CancellationToken cancellationToken)
    {
        var registration = cancellationToken.UnsafeRegister(
            (_, token) =>
            {
                lock (_gate)
                {
                    // A waiter that is no longer in the list already has its permit.
                    waiter.List?.Remove(waiter);
                }

                waiter.Value.TrySetCanceled(token);
            },
            null);
        await using (registration.ConfigureAwait(false))
        {
            await waiter.Value.Task.ConfigureAwait(false);
        }
    }

    private void StartReleasing()
    {
        // The first waiter must not pass its activity or its culture to all that follow.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(ReleaseAsync);
        }
    }

    private async Task ReleaseAsync()
    {
        while (true)
        {
            TimeSpan delay;
            lock (_gate)
            {
                Reckon();
                while ((_creates.First ?? _others.First) is { } next && TryTake())
                {
                    next.List!.Remove(next);
                    next.Value.TrySetResult();
                }

                if (_creates.Count == 0 && _others.Count == 0)
                {
                    _isReleasing = false;
                    return;
                }

                delay = UntilNext();
            }

            await Task.Delay(delay, time, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private bool TryTake()
    {
        if (Now < _reckoned)
        {
            return false;
        }

        if (perSecond is null)
        {
            return true;
        }

        // Sums of small fractions can miss the whole number by this little.
        if (_permits < 1 - 1e-9)
        {
            return false;
        }

        _permits--;
        return true;
    }

    private void Reckon()
    {
        var now = Now;
        if (now <= _reckoned)
        {
            return;
        }

        while (_halvings > 0 && now - _slowSince >= Recovery)
        {
            _halvings--;
            _slowSince += Recovery;
        }

        _permits = Math.Min(burst, _permits + ((now - _reckoned).TotalSeconds * Rate));
        _reckoned = now;
    }

    private TimeSpan UntilNext()
    {
        var seconds = perSecond is null ? 0 : Math.Clamp((1 - _permits) / Rate, 0, LongestDelay.TotalSeconds);
        var delay = _reckoned - Now + TimeSpan.FromSeconds(seconds);
        return delay > ShortestDelay ? delay : ShortestDelay;
    }
}
