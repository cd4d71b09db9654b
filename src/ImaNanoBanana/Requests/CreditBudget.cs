using ImaNanoBanana.Requests;

namespace ImaNanoBanana;

/// <summary>
/// Limits the credits that may be spent: within any period of a given length, or in total. Assign a budget to a client
/// (<c>AddCreditBudget</c>), to a request (<see cref="ImageRequest.Budget"/>) or to several of them. A submission reserves its
/// price before it is sent. If the remaining credits are not sufficient, it is rejected
/// (<see cref="ImaErrorKind.BudgetExceeded"/>). If the service rejects the submission, the reservation is released. Charged
/// submissions count as spent. Submissions whose outcome is unknown and failed tasks also count as spent, because the service may
/// have charged them.
/// </summary>
/// <remarks>
/// Thread-safe. A budget is kept in memory, and each process has its own. If the client was given a journal, the client's budget
/// counts, before its first submission, the cost of the journal's submissions in the period. The budget of a batch counts those
/// with the batch's <see cref="ImageBatchOptions.IdempotencyKeyPrefix"/>. Therefore, a restart does not reset these budgets. The
/// budget of a single request, or a budget without a journal, starts with its process. Submissions of other processes after that
/// first submission are not counted.
/// </remarks>
public sealed class CreditBudget
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly PriorityQueue<(decimal Credits, string? ClaimId), long> _spent = new();
    private readonly BudgetHistory _history = new();

    /// <summary>The ids of the claims of the submissions that are already counted. No submission is counted twice.</summary>
    private readonly HashSet<string> _claims = new(StringComparer.Ordinal);
    private decimal _spentInAll;
    private decimal _reserved;

    /// <summary>Initializes a budget from which nothing is spent yet.</summary>
    /// <param name="limit">The maximum number of credits; 0 allows only free submissions.</param>
    /// <param name="period">The limit applies to any period of this length; null for the whole lifetime of the budget.</param>
    /// <param name="timeProvider">The clock; null for the system clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative, or <paramref name="period"/> is not
    /// greater than zero.</exception>
    public CreditBudget(decimal limit, TimeSpan? period = null, TimeProvider? timeProvider = null)
    {
        Check(limit, period);
        Limit = limit;
        Period = period;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <summary>Gets the maximum number of credits.</summary>
    public decimal Limit { get; }

    /// <summary>Gets the length of the period to which the limit applies; null for the whole lifetime of the budget.</summary>
    public TimeSpan? Period { get; }

    /// <summary>Gets the credits that were spent in the period that ends now.</summary>
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

    /// <summary>Gets the credits that are reserved for submissions in progress.</summary>
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

    /// <summary>Gets the credits that can be reserved now; never negative.</summary>
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

    /// <summary>
    /// Reserves credits for a submission that is made outside the client. The client reserves the credits for its own submissions.
    /// </summary>
    /// <param name="credits">The number of credits; not negative.</param>
    /// <returns>The reservation, which you must commit or dispose; null if not enough credits remain.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative.</exception>
    public CreditReservation? TryReserve(decimal credits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        return TryReserve(credits, null);
    }

    /// <summary>Counts earlier submissions of this process and of other processes. Each history is counted once.</summary>
    /// <param name="source">The source of the history.</param>
    /// <param name="prefix">Counts only submissions whose keys were created by the batch with this prefix; null for all.</param>
    /// <param name="read">Reads the submissions from the start of the budget's period.</param>
    /// <param name="cancellationToken">Cancels this wait, but not the read operation, for which other callers may be waiting.</param>
    internal Task CountAsync(
        object source,
        string? prefix,
        Func<TimeSpan?, Task<IReadOnlyList<PastCharge>>> read,
        CancellationToken cancellationToken) => _history.OnceAsync(source, prefix, async () =>
            Count(await read(Period).ConfigureAwait(false))).WaitAsync(cancellationToken);

    /// <param name="credits">The number of credits.</param>
    /// <param name="claimId">The id of the claim for which the credits are reserved; null for none.</param>
    internal CreditReservation? TryReserve(decimal credits, string? claimId)
    {
        lock (_gate)
        {
            if (!TryChange(0, credits))
            {
                return null;
            }

            _ = claimId is null || _claims.Add(claimId);
            return new CreditReservation(this, credits, claimId);
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

    internal void Commit(decimal reserved, decimal spent, string? claimId)
    {
        lock (_gate)
        {
            _reserved -= reserved;
            Spend(spent, claimId, _time.GetTimestamp());
            if (spent == 0 && claimId is not null)
            {
                _claims.Remove(claimId);
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
                if (past.Credits > 0 && _claims.Add(past.ClaimId))
                {
                    Spend(past.Credits, past.ClaimId, now - (long)(past.Age.TotalSeconds * _time.TimestampFrequency));
                }
            }
        }
    }

    private void Spend(decimal credits, string? claimId, long at)
    {
        _spentInAll += credits;
        if (Period is not null && credits != 0)
        {
            _spent.Enqueue((credits, claimId), at);
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
            _ = oldest.ClaimId is not null && _claims.Remove(oldest.ClaimId);
        }
    }
}
