using ImaNanoBanana.Requests.Credits;

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
/// Thread-safe. A budget without an <see cref="ICreditLedger"/> is kept in memory, and each process has its own. If the client was
/// given a journal, the client's budget counts, before its first submission, the cost of the journal's submissions in the period.
/// The budget of a batch counts those with the batch's <see cref="ImageBatchOptions.IdempotencyKeyPrefix"/>. Therefore, a restart
/// does not reset these budgets. The budget of a single request, or a budget without a journal, starts with its process.
/// Submissions of other processes after that first submission are not counted. With a ledger, all processes count together.
/// </remarks>
public sealed class CreditBudget
{
    private readonly CreditAccount _account;
    private readonly ICreditLedger _ledger;
    private readonly MemoryCreditLedger? _own;
    private readonly BudgetHistory _history;

    /// <summary>Initializes a budget in memory from which nothing is spent yet.</summary>
    /// <param name="limit">The maximum number of credits; 0 allows only free submissions.</param>
    /// <param name="period">The limit applies to any period of this length; null for the whole lifetime of the budget.</param>
    /// <param name="timeProvider">The clock; null for the system clock.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative, or <paramref name="period"/> is not
    /// greater than zero.</exception>
    public CreditBudget(decimal limit, TimeSpan? period = null, TimeProvider? timeProvider = null)
    {
        Check(limit, period);
        _account = new CreditAccount("", limit, period);
        _own = new MemoryCreditLedger(timeProvider ?? TimeProvider.System);
        _ledger = _own;
        _history = new BudgetHistory();
    }

    /// <summary>Initializes a budget that a ledger counts.</summary>
    /// <param name="ledger">The ledger. The budget does not dispose it.</param>
    /// <param name="account">The account in the ledger, and its limit.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit of the account is negative, or its period is not greater than
    /// zero.</exception>
    public CreditBudget(ICreditLedger ledger, CreditAccount account)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(account);
        Check(account.Limit, account.Period);
        _account = account;
        _ledger = ledger;
        _history = new BudgetHistory();
    }

    private CreditBudget(CreditAccount account, MemoryCreditLedger own, BudgetHistory history) =>
        (_account, _ledger, _own, _history) = (account, own, own, history);

    /// <summary>Gets the maximum number of credits.</summary>
    public decimal Limit => _account.Limit;

    /// <summary>Gets the length of the period to which the limit applies; null for the whole lifetime of the budget.</summary>
    public TimeSpan? Period => _account.Period;

    /// <summary>What counts the credits: the ledger of the app, or memory.</summary>
    internal ICreditLedger Ledger => _ledger;

    /// <summary>Gets what is spent and reserved now.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The usage. For a budget in memory, it is available at once.</returns>
    public ValueTask<CreditUsage> GetUsageAsync(CancellationToken cancellationToken = default) =>
        _ledger.GetUsageAsync(_account, cancellationToken);

    /// <summary>Determines how long to wait until a request of a given price fits into the budget.</summary>
    /// <param name="credits">The number of credits; not negative.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The time until then, if nothing else is spent or released in the meantime: zero if they remain now; null if waiting does
    /// not help, or if the ledger of the budget does not know.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative.</exception>
    public ValueTask<TimeSpan?> GetFreeAfterAsync(decimal credits, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        return _ledger.GetFreeAfterAsync(_account, credits, cancellationToken);
    }

    /// <summary>
    /// Reserves credits for a submission that is made outside the client. The client reserves the credits for its own submissions.
    /// </summary>
    /// <param name="credits">The number of credits; not negative.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The reservation, which you must commit or dispose; null if not enough credits remain.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative.</exception>
    public ValueTask<CreditReservation?> TryReserveAsync(decimal credits, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);

        // Without an idempotency key: no journal knows what becomes of the submission.
        return TryReserveAsync(new CreditLedgerEntry(Guid.NewGuid().ToString("N"), "", credits), cancellationToken);
    }

    /// <summary>Whether the budget can reject a submission. A budget without a limit only counts.</summary>
    internal bool IsLimited { get; private init; } = true;

    /// <summary>
    /// Whether another budget may count in the same account. Two ledgers can be one: in the same folder or database.
    /// </summary>
    internal bool SharesAccount(CreditBudget other) => _own is null
        ? other._own is null && _account.Name == other._account.Name
        : ReferenceEquals(_own, other._own);

    /// <summary>Replaces a budget with a new one. What the budget in memory has counted stays counted.</summary>
    /// <param name="last">The budget until now; null for none.</param>
    /// <param name="next">The new budget; null for none.</param>
    /// <returns>The last budget itself if nothing has changed. Instead of none, one without a limit, which continues to count.</returns>
    internal static CreditBudget? Continue(CreditBudget? last, CreditBudget? next)
    {
        if (last is null || ReferenceEquals(last, next))
        {
            return next;
        }

        if (next is null)
        {
            return last.IsLimited ? last.WithoutLimit() : last;
        }

        if (last._own is not { } own || next._own is null)
        {
            return ReferenceEquals(last._ledger, next._ledger) && last._account == next._account ? last : next;
        }

        if (last._account == next._account)
        {
            return last;
        }

        // A journal is counted again for a longer period. Submissions that are already counted are skipped.
        var history = last.Period == next.Period ? last._history : new BudgetHistory();
        return new CreditBudget(next._account, own, history);
    }

    /// <returns>Null for a budget of a ledger, which keeps its counts itself.</returns>
    private CreditBudget? WithoutLimit() => _own is null
        ? null
        : new CreditBudget(_account with { Limit = decimal.MaxValue }, _own, _history) { IsLimited = false };

    /// <param name="entry">The submission; its id is the id of its claim.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    internal async ValueTask<CreditReservation?> TryReserveAsync(CreditLedgerEntry entry, CancellationToken cancellationToken) =>
        await _ledger.TryReserveAsync(_account, entry, cancellationToken).ConfigureAwait(false)
            ? Reservation(entry)
            : null;

    /// <summary>The reservation of a submission, which the ledger may have made although it did not say so.</summary>
    internal CreditReservation Reservation(CreditLedgerEntry entry) => new(_ledger, _account, entry);

    /// <summary>
    /// Counts earlier submissions of this process and of other processes, unless a ledger already does. Each history is counted once.
    /// </summary>
    /// <param name="source">The source of the history.</param>
    /// <param name="prefix">Counts only submissions whose keys were created by the batch with this prefix; null for all.</param>
    /// <param name="read">Reads the submissions from the start of the budget's period.</param>
    /// <param name="cancellationToken">Cancels this wait, but not the read operation, for which other callers may be waiting.</param>
    internal Task CountAsync(
        object source,
        string? prefix,
        Func<TimeSpan?, Task<IReadOnlyList<PastCharge>>> read,
        CancellationToken cancellationToken) => _own is null
            ? Task.CompletedTask
            : _history.OnceAsync(source, prefix, async () =>
                _own.Count(await read(Period).ConfigureAwait(false))).WaitAsync(cancellationToken);

    /// <summary>
    /// Whether a new budget with the same limit would count the same: a ledger counts, or nothing is reserved and a journal counts.
    /// </summary>
    /// <param name="isCounted">Whether a journal records the submissions.</param>
    internal bool IsSettled(bool isCounted) =>
        _own is null || _own.GetUsage(_account) is { Reserved: 0, Spent: var spent } && (isCounted || spent == 0);

    internal static void Check(decimal limit, TimeSpan? period)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(period));
    }
}
