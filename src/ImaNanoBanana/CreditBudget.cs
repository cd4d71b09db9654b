namespace ImaNanoBanana;

/// <summary>
/// A limit of what may be spent, in credits: in any stretch of time of a given length, or in all. Give one to a client
/// (<c>AddCreditBudget</c>), to a request (<see cref="ImageRequest.Budget"/>) or to several of them. An order reserves its price
/// before it is sent and is refused when that is not left (<see cref="ImaErrorKind.BudgetExceeded"/>); a refused order gives
/// it back. What was bought is spent, and so is an order of unknown outcome or a task that failed: the service may have
/// charged it.
/// </summary>
/// <remarks>Thread-safe. It is kept in memory: each process has its own, and starts it anew.</remarks>
public sealed class CreditBudget
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Queue<(long At, decimal Credits)> _spent = [];
    private decimal _spentInAll;
    private decimal _reserved;

    /// <summary>A budget of which nothing is spent.</summary>
    /// <param name="limit">The most credits; 0 for free orders only.</param>
    /// <param name="period">In any stretch of time of this length; null for the budget's whole life.</param>
    /// <param name="timeProvider">The clock; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative, or <paramref name="period"/> not above zero.</exception>
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
        return TryChange(0, credits) ? new CreditReservation(this, credits) : null;
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

    internal void Commit(decimal reserved, decimal spent)
    {
        lock (_gate)
        {
            _reserved -= reserved;
            _spentInAll += spent;
            if (Period is not null && spent != 0)
            {
                _spent.Enqueue((_time.GetTimestamp(), spent));
            }
        }
    }

    private decimal Left()
    {
        Forget();
        return Math.Max(0, Limit - _spentInAll - _reserved);
    }

    private void Forget()
    {
        while (Period is { } period && _spent.TryPeek(out var oldest) && _time.GetElapsedTime(oldest.At) >= period)
        {
            _spentInAll -= _spent.Dequeue().Credits;
        }
    }
}
