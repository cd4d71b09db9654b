namespace ImaNanoBanana;

/// <summary>
/// Represents credits of a <see cref="CreditBudget"/> that are reserved for one submission. Commit the reservation when the credits
/// are spent; otherwise dispose it.
/// </summary>
/// <remarks>
/// Thread-safe. A reservation is settled once, by the first call of <see cref="CommitAsync"/> or <see cref="DisposeAsync"/>.
/// </remarks>
public sealed class CreditReservation : IAsyncDisposable
{
    private readonly ICreditLedger _ledger;
    private readonly CreditAccount _account;
    private CreditLedgerEntry _entry;
    private int _isSettled;

    internal CreditReservation(ICreditLedger ledger, CreditAccount account, CreditLedgerEntry entry)
    {
        _ledger = ledger;
        _account = account;
        _entry = entry;
    }

    /// <summary>Gets the number of credits that are reserved, or that were reserved until the reservation was settled.</summary>
    public decimal Credits => Volatile.Read(ref _entry).Credits;

    /// <summary>Changes the number of reserved credits, for a submission whose price has changed.</summary>
    /// <param name="credits">The new number of credits; not negative.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>
    /// False if not enough credits remain or if the reservation is already settled; the reservation is then unchanged.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative.</exception>
    public async ValueTask<bool> TryChangeAsync(decimal credits, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        var changed = Volatile.Read(ref _entry) with { Credits = credits };
        if (Volatile.Read(ref _isSettled) != 0
            || !await _ledger.TryReserveAsync(_account, changed, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        Volatile.Write(ref _entry, changed);
        return true;
    }

    /// <summary>Marks the reserved credits as spent.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when the credits are marked.</returns>
    public ValueTask CommitAsync(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _isSettled, 1) == 0
            ? _ledger.CommitAsync(_account, Volatile.Read(ref _entry), cancellationToken)
            : ValueTask.CompletedTask;

    /// <summary>Releases the reserved credits unless they were committed.</summary>
    /// <returns>A task that completes when the credits are released.</returns>
    public ValueTask DisposeAsync() =>
        Interlocked.Exchange(ref _isSettled, 1) == 0
            ? _ledger.ReleaseAsync(_account, Volatile.Read(ref _entry))
            : ValueTask.CompletedTask;
}
