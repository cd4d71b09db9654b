namespace ImaNanoBanana.Testing;

/// <summary>Counts the requests to the API within the last second and enforces a limit. Thread-safe.</summary>
internal sealed class SimulatedRate(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Queue<long> _arrived = [];
    private readonly Queue<long> _accepted = [];
    private int? _limit;
    private long _requests;
    private int _peak;
    private long _rateLimited;

    public int? Limit
    {
        get
        {
            lock (_gate)
            {
                return _limit;
            }
        }

        set
        {
            if (value is { } limit)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(value));
            }

            lock (_gate)
            {
                _limit = value;
            }
        }
    }

    public SimulatedTraffic Traffic
    {
        get
        {
            lock (_gate)
            {
                return new SimulatedTraffic(_requests, _peak, _rateLimited);
            }
        }
    }

    public static bool Counts(string? endpoint) => endpoint is "list" or "create" or "detail" or "token";

    /// <summary>Counts a request that arrived.</summary>
    /// <returns>Whether the limit allows it. Refused requests do not use up the limit, as otherwise a client could starve itself.</returns>
    public bool Allows()
    {
        lock (_gate)
        {
            // Read within the lock, so that the queues are in order.
            var now = time.GetTimestamp();
            Forget(_arrived, now);
            Forget(_accepted, now);
            _arrived.Enqueue(now);
            _requests++;
            _peak = Math.Max(_peak, _arrived.Count);
            if (_accepted.Count >= _limit)
            {
                return false;
            }

            _accepted.Enqueue(now);
            return true;
        }
    }

    /// <summary>Counts an answer with 429.</summary>
    public void CountRateLimited()
    {
        lock (_gate)
        {
            _rateLimited++;
        }
    }

    /// <summary>Removes the limit and forgets all requests.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            (_limit, _requests, _peak, _rateLimited) = (null, 0, 0, 0);
            _arrived.Clear();
            _accepted.Clear();
        }
    }

    private void Forget(Queue<long> moments, long now)
    {
        while (moments.TryPeek(out var moment) && now - moment >= time.TimestampFrequency)
        {
            moments.Dequeue();
        }
    }
}
