using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ImaNanoBanana.Storage;
using Npgsql;

namespace ImaNanoBanana;

/// <summary>
/// Stores a journal in a PostgreSQL database, so that all machines that share the database submit an idempotency key once and resume
/// what another machine left.
/// </summary>
/// <remarks>
/// <para>Thread-safe. All times are those of the database. A call is repeated while the database restarts
/// (<see cref="PostgreSqlOptions.LongestOutage"/>). The tables contain neither the API key nor a prompt.</para>
/// <para>If a <see cref="PostgreSqlCreditLedger"/> uses the same schema, a claim and its reserved credits are checked in one
/// transaction.</para>
/// </remarks>
public sealed class PostgreSqlTaskJournal : ITaskJournal
{
    private readonly PostgreSqlStore _store;
    private readonly SubmissionTable _table;
    private readonly Storage.Tidying _tidying;

    /// <summary>Initializes a journal.</summary>
    /// <param name="dataSource">The database. The journal does not dispose it.</param>
    /// <param name="registration">The name under which submissions are stored. Clients with different API keys can share a schema under
    /// different names. Empty if there is only one client.</param>
    /// <param name="options">The schema and the retention; null for the defaults.</param>
    /// <param name="timeProvider">The clock for waits between repeated calls and searches for old entries, but never for the age of an
    /// entry; null for the system clock.</param>
    /// <exception cref="ArgumentNullException"><paramref name="dataSource"/> or <paramref name="registration"/> is null.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The store of a data source of the app holds nothing to dispose.")]
    public PostgreSqlTaskJournal(
        NpgsqlDataSource dataSource, string registration = "", PostgreSqlOptions? options = null, TimeProvider? timeProvider = null)
        : this(PostgreSqlStore.Create(dataSource, options, timeProvider), registration)
    {
    }

    internal PostgreSqlTaskJournal(PostgreSqlStore store, string registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        (_store, _table, _tidying) = (store, new SubmissionTable(store.Schema, registration), new Storage.Tidying(store));
    }

    /// <summary>The last removal of old entries. Only tests wait for it.</summary>
    internal Task Tidying => _tidying.Last;

    /// <inheritdoc/>
    public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(idempotencyKey);
        return _store.QueryAsync(_table.Find, [_table.Registration, idempotencyKey], SubmissionTable.ReadOneAsync, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return _store.RunAsync((connection, token) => ClaimAsync(connection, claim, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var isThere = await _store.ChangeAsync(_table.Update, _table.Values(entry), cancellationToken).ConfigureAwait(false);
        if (isThere && entry.EndedAt is not null)
        {
            _tidying.StartIfDue(_table);
        }

        return isThere;
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return _store.ChangeAsync(_table.Remove, _table.Key(entry), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        return _store.ChangeAsync(_table.Renew, _table.Key(claim), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(watcher);
        return _store.QueryAsync(
            _table.Watch,
            [.. _table.Key(entry), watcher, lease],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) && reader.GetBoolean(0),
            cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
        ListAsync(new TaskJournalFilter { FinishedSince = DateTimeOffset.MinValue }, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<TaskJournalEntry> ListAsync(
        TaskJournalFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var (after, left) = (filter.After, filter.MaxCount ?? int.MaxValue);
        while (left > 0)
        {
            var page = Math.Min(left, SubmissionTable.PageSize);
            var entries = await _store.QueryAsync(
                _table.List(filter), _table.ListValues(filter, after, page), SubmissionTable.ReadAllAsync, cancellationToken)
                .ConfigureAwait(false);
            foreach (var entry in entries)
            {
                yield return entry;
            }

            if (entries.Count < page)
            {
                yield break;
            }

            (after, left) = (entries[^1], left - page);
        }
    }

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => _store.QueryAsync(
        "select clock_timestamp()",
        [],
        static async (reader, token) =>
        {
            await reader.ReadAsync(token).ConfigureAwait(false);
            return (DateTimeOffset?)new DateTimeOffset(reader.GetDateTime(0), TimeSpan.Zero);
        },
        cancellationToken);

    private async Task<TaskJournalEntry?> ClaimAsync(
        NpgsqlConnection connection, TaskJournalEntry claim, CancellationToken cancellationToken)
    {
        var isAdded = await connection.ExecuteAsync(_table.Add, _table.Values(claim), cancellationToken).ConfigureAwait(false) > 0;
        if (!isAdded)
        {
            var there = await connection.RowAsync(
                _table.Find, [_table.Registration, claim.IdempotencyKey], SubmissionTable.Read, cancellationToken).ConfigureAwait(false);

            // The entry is this one if the commit of an earlier attempt was not confirmed. If it was removed at this moment, the claim is
            // reported as lost, and the next call submits.
            return there?.ClaimId == claim.ClaimId ? null : there ?? claim with { State = TaskJournalState.Claimed, ClaimId = "" };
        }

        await CreditTable.ConfirmAsync(connection, _store.Schema, claim, cancellationToken).ConfigureAwait(false);
        return null;
    }
}
