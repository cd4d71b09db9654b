namespace ImaNanoBanana;

/// <summary>Credits of a <see cref="CreditBudget"/> that are held for one order. Commit it when they are spent, else dispose it.</summary>
/// <remarks>Thread-safe. It is settled once: by the first <see cref="Commit"/> or <see cref="Dispose"/>.</remarks>
public sealed class CreditReservation : IDisposable
{
    private readonly object _gate = new();
    private readonly CreditBudget _budget;
    private readonly string? _idempotencyKey;
    private bool _isSettled;

    internal CreditReservation(CreditBudget budget, decimal credits, string? idempotencyKey)
    {
        _budget = budget;
        _idempotencyKey = idempotencyKey;
        Credits = credits;
    }

    /// <summary>How many credits are held, or were until it was settled.</summary>
    public decimal Credits { get; private set; }

    /// <summary>Holds more or fewer credits, for an order whose price has changed.</summary>
    /// <param name="credits">How many; not negative.</param>
    /// <returns>False when as many are not left, and nothing is changed; false also when it is settled.</returns>
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

    /// <summary>The credits are spent.</summary>
    public void Commit() => Settle(Credits);

    /// <summary>Gives the credits back, unless they were committed.</summary>
    public void Dispose() => Settle(0);

    private void Settle(decimal spent)
    {
        lock (_gate)
        {
            if (!_isSettled)
            {
                _isSettled = true;
                _budget.Commit(Credits, spent, _idempotencyKey);
            }
        }
    }
}
