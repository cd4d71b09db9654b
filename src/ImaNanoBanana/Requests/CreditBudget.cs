using ImaNanoBanana.Requests;

namespace ImaNanoBanana;

/// <summary>
/// A limit of what may be spent, in credits: in any stretch of time of a given length, or in all. Give one to a client
/// (<c>AddCreditBudget</c>), to a request (<see cref="ImageRequest.Budget"/>) or to several of them. An order reserves its price
/// before it is sent and is refused when that is not left (<see cref="ImaErrorKind.BudgetExceeded"/>); a refused order gives
/// it back. What was bought is spent, and so is an order of unknown outcome or a task that failed: the service may have
/// charged it.
/// </summary>
/// <remarks>
/// Thread-safe. It is kept in memory, and each process has its own. The budget of a client that was given a journal counts,
/// before its first order, what the journal's purchases of the period cost; the budget of a batch counts those under the
/// batch's <see cref="ImageBatchOptions.IdempotencyKeyPrefix"/>. So a restart does not start them anew. A budget of a single
/// request, or without a journal, starts with its process. What other processes buy after that first order is not counted.
/// </remarks>
public sealed class CreditBudget
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly PriorityQueue<(decimal Credits, string? GenerationRun), long> _spent = new();
    private readonly BudgetHistory _history = new();

    /// <summary>The purchases that are counted, by the ids of their claims: none is counted twice.</summary>
    private readonly HashSet<string> _submissions = new(StringComparer.Ordinal);
    private decimal _spentInAll;
    private decimal _reserved;

    /// <summary>A budget of which nothing is spent.</summary>
    /// <param name="limit">The most credits; 0 for free orders only.</param>
    /// <param name="period">In any stretch of time of this length; null for the budget's whole life.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative, or <paramref name="period"/> not
    /// above zero.</exception>
    public CreditBudget(decimal limit, TimeSpan? period = null, TimeProvider? timeProvider = null)
    {
        Check(limit, period);
        Limit = limit;
        Period = period;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>The most credits.</summary>
    public decimal Limit { get; }

    /// <summary>The length of time that the limit is for; null for the budget's whole life.</summary>
    public TimeSpan? Period { get; }

    /// <summary>The credits that are spent, in the period that ends now.</summary>
    public decimal Spent
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _spentInAll;
            }
        }
    }

    /// <summary>The credits that are reserved for orders under way.</summary>
    public decimal Reserved
    {
        get
        {
            lock (_gate)
            {
                return _reserved;
            }
        }
    }

    /// <summary>The credits that can be reserved now; never negative.</summary>
    public decimal Remaining
    {
        get
        {
            lock (_gate)
            {
                return Left();
            }
        }
    }

    /// <summary>Reserves credits for an order that is not the client's own affair. The client reserves its orders itself.</summary>
    /// <param name="credits">How many; not negative.</param>
    /// <returns>The reservation, to be committed or disposed; null when as many are not left.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative.</exception>
    public CreditReservation? TryReserve(decimal credits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        return TryReserve(credits, null);
    }

    /// <summary>Counts what was bought before, by this process or others. Each history is counted once.</summary>
    /// <param name="source">Whose purchases.</param>
    /// <param name="prefix">Which of them: those whose keys a batch of this name has made; null for all.</param>
    /// <param name="read">Reads them, from the start of the budget's period.</param>
    /// <param name="cancellationToken">Ends this wait, not the reading, which others may wait for.</param>
    internal Task CountAsync(
        object source,
        string? prefix,
        Func<TimeSpan?, Task<IReadOnlyList<PastCharge>>> read,
        CancellationToken cancellationToken) => _history.OnceAsync(source, prefix, async () =>
            Count(await read(Period).ConfigureAwait(false))).WaitAsync(cancellationToken);

    /// <param name="credits">How many.</param>
    /// <param name="idempotencyKey">The id of the claim that they are for; null for none.</param>
    internal CreditReservation? TryReserve(decimal credits, string? idempotencyKey)
    {
        lock (_gate)
        {
            if (!TryChange(0, credits))
            {
                return null;
            }

            _ = idempotencyKey is null || _submissions.Add(idempotencyKey);
            return new CreditReservation(this, credits, idempotencyKey);
        }
    }

    internal static void Check(decimal limit, TimeSpan? period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(period));
    }

    internal bool TryChange(decimal from, decimal to)
    {
        lock (_gate)
        {
            if (to - from > Left())
            {
                return false;
            }

            _reserved += to - from;
            return true;
        }
    }

    internal void Commit(decimal reserved, decimal spent, string? idempotencyKey)
    {
        lock (_gate)
        {
            _reserved -= reserved;
            Spend(spent, idempotencyKey, _time.GetTimestamp());
            if (spent == 0 && idempotencyKey is not null)
            {
                _submissions.Remove(idempotencyKey);
            }
        }
    }

    private void Count(IReadOnlyList<PastCharge> history)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            foreach (var past in history)
            {
                if (past.Credits > 0 && _submissions.Add(past.ClaimId))
                {
                    Spend(past.Credits, past.ClaimId, now - (long)(past.Age.TotalSeconds * _time.TimestampFrequency));
                }
            }
        }
    }

    private void Spend(decimal credits, string? idempotencyKey, long at)
    {
        _spentInAll += credits;
        if (Period is not null && credits != 0)
        {
            _spent.Enqueue((credits, idempotencyKey), at);
        }
    }

    private decimal Left()
    {
        Forget();
        return Math.Max(0, Limit - _spentInAll - _reserved);
    }

    private void Forget()
    {
        while (Period is { } period && _spent.TryPeek(out var oldest, out var at) && _time.GetElapsedTime(at) >= period)
        {
            _spent.Dequeue();
            _spentInAll -= oldest.Credits;
            _ = oldest.GenerationRun is not null && _submissions.Remove(oldest.GenerationRun);
        }
    }
}
