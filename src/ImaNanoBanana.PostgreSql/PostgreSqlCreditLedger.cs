using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Storage;
using Npgsql;

namespace ImaNanoBanana;

/// <summary>
/// Counts the credits of budgets in a PostgreSQL database, so that all machines that share the database spend one budget.
/// </summary>
/// <remarks>
/// <para>Thread-safe. All times are those of the database.</para>
/// <para>If the process of a reservation is gone, the reservation counts as spent, unless a <see cref="PostgreSqlTaskJournal"/> in the
/// same schema shows that nothing was submitted: then it ends after 15 minutes, when its credits are needed. A reservation that was made
/// outside the client stays until it is settled.</para>
/// </remarks>
public sealed class PostgreSqlCreditLedger : ICreditLedger
{
    private readonly PostgreSqlStore _store;
    private readonly bool _hasJournal;

    /// <summary>Initializes a ledger.</summary>
    /// <param name="dataSource">The database. The ledger does not dispose it.</param>
    /// <param name="hasJournal">Whether all clients that use the ledger also use a <see cref="PostgreSqlTaskJournal"/> in the same
    /// schema.</param>
    /// <param name="options">The schema; null for the defaults.</param>
    /// <param name="timeProvider">The clock for waits between repeated calls; null for the system clock.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dataSource"/> is null.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The store of a data source of the app holds nothing to dispose.")]
    public PostgreSqlCreditLedger(
        NpgsqlDataSource dataSource, bool hasJournal, PostgreSqlOptions? options = null, TimeProvider? timeProvider = null)
        : this(PostgreSqlStore.Create(dataSource, options, timeProvider), hasJournal)
    {
    }

    internal PostgreSqlCreditLedger(PostgreSqlStore store, bool hasJournal) => (_store, _hasJournal) = (store, hasJournal);

    /// <inheritdoc/>
    public ValueTask<bool> TryReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(entry);
        return new ValueTask<bool>(_store.RunAsync(
            (connection, token) => CreditTable.TryReserveAsync(connection, _store.Schema, account, entry, _hasJournal, token),
            cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask CommitAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(entry);
        return new ValueTask(_store.RunAsync(
            (connection, token) => CreditTable.CommitAsync(connection, _store.Schema, account, entry, token), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(entry);
        return new ValueTask(_store.RunAsync(
            (connection, token) => CreditTable.ReleaseAsync(connection, _store.Schema, account, entry, token), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<CreditUsage> GetUsageAsync(CreditAccount account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new ValueTask<CreditUsage>(_store.RunAsync(
            (connection, token) => AccountTable.GetUsageAsync(connection, _store.Schema, account, token), cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetFreeAfterAsync(
        CreditAccount account, decimal credits, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        return new ValueTask<TimeSpan?>(_store.RunAsync(
            (connection, token) => AccountTable.GetFreeAfterAsync(connection, _store.Schema, account, credits, token), cancellationToken));
    }
}
