namespace ImaNanoBanana;

/// <summary>
/// Counts what is reserved and spent, behind one or more <see cref="CreditBudget"/>s. A budget without a ledger counts in memory, for
/// its own process. A ledger in a folder or in a database makes several processes share one budget.
/// </summary>
/// <remarks>
/// <para>Implementations must be thread-safe, and each method must be atomic across all processes that share the ledger. Repeating a
/// call with the same <see cref="CreditLedgerEntry.Id"/> changes nothing further.</para>
/// <para>If a reservation throws, nothing is sent and the call fails with <see cref="ImaErrorKind.NotSent"/>. If a commit or a release
/// throws, the credits stay reserved: a ledger must count the reservation of a process that is gone as spent unless it knows that
/// nothing was submitted.</para>
/// </remarks>
public interface ICreditLedger
{
    /// <summary>
    /// Reserves the credits of a submission. If the entry already has a reservation, its credits are changed, for a submission whose
    /// price has changed.
    /// </summary>
    /// <param name="account">The account and its limit.</param>
    /// <param name="entry">The submission.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False if not enough credits remain; then nothing was changed.</returns>
    ValueTask<bool> TryReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Marks the reserved credits as spent: the submission was charged, or may have been.</summary>
    /// <param name="account">The account.</param>
    /// <param name="entry">The submission.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when the credits are marked.</returns>
    ValueTask CommitAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Releases the reserved credits: the submission was not charged. Does nothing after a commit or
    /// without a reservation.</summary>
    /// <param name="account">The account.</param>
    /// <param name="entry">The submission.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when the credits are released.</returns>
    ValueTask ReleaseAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default);

    /// <summary>Gets what is spent and reserved now.</summary>
    /// <param name="account">The account and its limit.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The usage of the account.</returns>
    ValueTask<CreditUsage> GetUsageAsync(CreditAccount account, CancellationToken cancellationToken = default);

    /// <summary>Determines how long to wait until enough credits are free.</summary>
    /// <param name="account">The account and its limit.</param>
    /// <param name="credits">The credits that should be free.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The time until then, if nothing else is spent or released in the meantime: zero if they are free now; null if waiting
    /// does not help, or if the ledger does not know.</returns>
    ValueTask<TimeSpan?> GetFreeAfterAsync(CreditAccount account, decimal credits, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<TimeSpan?>(null);
}
