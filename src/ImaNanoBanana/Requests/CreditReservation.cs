namespace ImaNanoBanana;

/// <summary>
/// Represents credits of a <see cref="CreditBudget"/> that are reserved for one submission. Commit the reservation when the credits
/// are spent; otherwise dispose it.
/// </summary>
/// <remarks>
/// Thread-safe. A reservation is settled once, by the first call of <see cref="Commit"/> or <see cref="Dispose"/>.
/// </remarks>
public sealed class CreditReservation : IDisposable
{
    private readonly object _gate = new();
    private readonly CreditBudget _budget;
    private readonly string? _claimId;
    private bool _isSettled;

    internal CreditReservation(CreditBudget budget, decimal credits, string? claimId)
    {
        _budget = budget;
        _claimId = claimId;
        Credits = credits;
    }

    /// <summary>Gets the number of credits that are reserved, or that were reserved until the reservation was settled.</summary>
    public decimal Credits { get; private set; }

    /// <summary>Changes the number of reserved credits, for a submission whose price has changed.</summary>
    /// <param name="credits">The new number of credits; not negative.</param>
    /// <returns>
    /// False if not enough credits remain or if the reservation is already settled; the reservation is then unchanged.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative.</exception>
    public bool TryChange(decimal credits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        lock (_gate)
        {
            if (_isSettled || !_budget.TryChange(Credits, credits))
            {
                return false;
            }

            Credits = credits;
            return true;
        }
    }

    /// <summary>Marks the reserved credits as spent.</summary>
    public void Commit() => Settle(Credits);

    /// <summary>Releases the reserved credits unless they were committed.</summary>
    public void Dispose() => Settle(0);

    private void Settle(decimal spent)
    {
        lock (_gate)
        {
            if (!_isSettled)
            {
                _isSettled = true;
                _budget.Commit(Credits, spent, _claimId);
            }
        }
    }
}
