using Npgsql;

namespace ImaNanoBanana.Storage;

/// <summary>Counts credits: one row for each reservation. <see cref="AccountTable"/> has their sums.</summary>
/// <remarks>Every method needs a transaction. Anyone who changes an account locks its row of sums first.</remarks>
internal static class CreditTable
{
    /// <summary>
    /// A reservation without a submission after this time belongs to a process that is gone, or that has waited long and must reserve
    /// again when it claims its key.
    /// </summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(15);

    /// <summary>Reserves credits, or changes a reservation.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="schema">The schema, as an identifier in SQL.</param>
    /// <param name="account">The account and its limit.</param>
    /// <param name="entry">The submission.</param>
    /// <param name="hasJournal">Whether the journal is in the same schema and shows what became of a reservation.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False if not enough credits remain.</returns>
    public static async Task<bool> TryReserveAsync(
        NpgsqlConnection connection,
        string schema,
        CreditAccount account,
        CreditLedgerEntry entry,
        bool hasJournal,
        CancellationToken cancellationToken)
    {
        var sums = await AccountTable.LockAsync(connection, schema, account, cancellationToken).ConfigureAwait(false);
        var before = await FindAsync(connection, schema, account, entry, cancellationToken).ConfigureAwait(false)
            ?? new Reservation(0, 0, 0, IsCommitted: false);
        if (before.IsCommitted)
        {
            return true;
        }

        // What needs no more credits is never refused, also if the limit was lowered.
        var more = entry.Credits - before.Reserved - before.Spent;
        if (more > 0 && more > sums.Left(account) && hasJournal)
        {
            sums = await SettleStaleAsync(connection, schema, account, sums, cancellationToken).ConfigureAwait(false);
        }

        if (more > 0 && more > sums.Left(account))
        {
            return false;
        }

        await connection.ExecuteAsync(
            $"""
            insert into {schema}.credits (account, id, idempotency_key, reserved, credit_limit, period, at)
            values ($1, $2, $3, $4, $5, $6::interval, clock_timestamp())
            on conflict (account, id) do update
            set reserved = $4, spent = 0, expired = 0, credit_limit = $5, period = $6::interval, at = clock_timestamp()
            """,
            [account.Name, entry.Id, entry.IdempotencyKey, entry.Credits, account.Limit, account.Period],
            cancellationToken).ConfigureAwait(false);
        await AccountTable.AddAsync(
            connection, schema, account.Name, entry.Credits - before.Reserved, -before.Spent, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Marks a reservation as spent, also one that was taken from a process that seemed to be gone.</summary>
    public static async Task<bool> CommitAsync(
        NpgsqlConnection connection, string schema, CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
    {
        await AccountTable.LockAsync(connection, schema, account, cancellationToken).ConfigureAwait(false);
        var row = await FindAsync(connection, schema, account, entry, cancellationToken).ConfigureAwait(false);
        if (row is not { IsCommitted: false })
        {
            return false;
        }

        // A free submission is in no sum, so nothing would ever remove its row.
        await connection.ExecuteAsync(
            row.IsFree
                ? $"delete from {schema}.credits where account = $1 and id = $2"
                : $"""
                    update {schema}.credits
                    set spent = reserved + spent + expired, reserved = 0, expired = 0, is_committed = true, at = clock_timestamp()
                    where account = $1 and id = $2
                    """,
            [account.Name, entry.Id],
            cancellationToken).ConfigureAwait(false);
        await AccountTable.AddAsync(
            connection, schema, account.Name, -row.Reserved, row.Reserved + row.Expired, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Releases a reservation that is not committed.</summary>
    public static async Task<bool> ReleaseAsync(
        NpgsqlConnection connection, string schema, CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
    {
        await AccountTable.LockAsync(connection, schema, account, cancellationToken).ConfigureAwait(false);
        var row = await FindAsync(connection, schema, account, entry, cancellationToken).ConfigureAwait(false);
        if (row is not { IsCommitted: false })
        {
            return false;
        }

        await connection.ExecuteAsync(
            $"delete from {schema}.credits where account = $1 and id = $2", [account.Name, entry.Id], cancellationToken)
            .ConfigureAwait(false);
        await AccountTable.AddAsync(connection, schema, account.Name, -row.Reserved, -row.Spent, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Confirms, in the transaction of a claim, that the credits of the submission are still reserved. From then on, the reservation
    /// counts until it is settled. A reservation that was taken away because it was stale is made again.
    /// </summary>
    /// <exception cref="ImaException">Not enough credits remain (<see cref="ImaErrorKind.BudgetExceeded"/>).</exception>
    public static async Task ConfirmAsync(
        NpgsqlConnection connection, string schema, TaskJournalEntry claim, CancellationToken cancellationToken)
    {
        // The new time keeps others from taking the reservation away at this moment.
        var isTaken = await connection.ScalarAsync<bool>(
            $"""
            with confirmed as (
                update {schema}.credits set at = clock_timestamp() where id = $1 and id <> '' and not is_committed returning expired)
            select exists (select from confirmed where expired > 0)
            """,
            [claim.ClaimId],
            cancellationToken).ConfigureAwait(false);
        if (!isTaken)
        {
            return;
        }

        var accounts = await AccountsAsync(connection, schema, claim.ClaimId, cancellationToken).ConfigureAwait(false);
        foreach (var (account, credits) in accounts)
        {
            var entry = new CreditLedgerEntry(claim.ClaimId, claim.IdempotencyKey, credits);
            if (!await TryReserveAsync(connection, schema, account, entry, hasJournal: true, cancellationToken).ConfigureAwait(false))
            {
                var usage = await AccountTable.GetUsageAsync(connection, schema, account, cancellationToken).ConfigureAwait(false);
                throw NotLeft(claim, account, credits, usage);
            }
        }
    }

    private static ImaException NotLeft(TaskJournalEntry claim, CreditAccount account, decimal credits, CreditUsage usage) => new(
        ImaErrorKind.BudgetExceeded,
        FormattableString.Invariant(
            $"The request costs {credits} credits, but only {usage.Remaining} credits remain of the budget of {account.Limit}. ")
            + "Change the request or the budget. No credits were spent.")
    {
        AllowedCredits = usage.Remaining,
        RequiredCredits = credits,
        IdempotencyKey = claim.IdempotencyKey,
    };

    /// <summary>
    /// Settles the reservations of processes that are gone: with a submission in the journal they count as spent, without one they end.
    /// Of a submission outside the client, which has no key, the journal knows nothing.
    /// </summary>
    private static async Task<AccountSums> SettleStaleAsync(
        NpgsqlConnection connection, string schema, CreditAccount account, AccountSums sums, CancellationToken cancellationToken)
    {
        var settled = (await connection.RowAsync(
            $"""
            with stale as (
                select id, exists (select from {schema}.submissions where claim_id = credits.id) as is_submitted
                from {schema}.credits credits
                where account = $1 and id <> '' and idempotency_key <> '' and reserved > 0 and at < clock_timestamp() - $2
                for update),
            settled as (
                update {schema}.credits credits
                set spent = case when is_submitted then reserved else 0 end,
                    expired = case when is_submitted then 0 else reserved end,
                    reserved = 0
                from stale where credits.account = $1 and credits.id = stale.id and credits.at < clock_timestamp() - $2
                returning credits.spent, credits.expired)
            select coalesce(sum(spent), 0), coalesce(sum(expired), 0) from settled
            """,
            [account.Name, Stale],
            row => new AccountSums(row.GetDecimal(1), row.GetDecimal(0)),
            cancellationToken).ConfigureAwait(false))!;
        await AccountTable.AddAsync(
            connection, schema, account.Name, reserved: -settled.Reserved - settled.Spent, spent: settled.Spent, cancellationToken)
            .ConfigureAwait(false);
        return new AccountSums(sums.Reserved - settled.Reserved - settled.Spent, sums.Spent + settled.Spent);
    }

    private static Task<Reservation?> FindAsync(
        NpgsqlConnection connection, string schema, CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken) =>
        connection.RowAsync(
            $"select reserved, spent, expired, is_committed from {schema}.credits where account = $1 and id = $2",
            [account.Name, entry.Id],
            row => new Reservation(row.GetDecimal(0), row.GetDecimal(1), row.GetDecimal(2), row.GetBoolean(3)),
            cancellationToken);

    /// <returns>The budgets that a reservation was taken from. One of an earlier build does not name its limit.</returns>
    private static Task<IReadOnlyList<(CreditAccount Account, decimal Credits)>> AccountsAsync(
        NpgsqlConnection connection, string schema, string claimId, CancellationToken cancellationToken) =>
        connection.RowsAsync(
            $"""
            select taken.account, coalesce(taken.credit_limit, sums.credit_limit),
                case when taken.credit_limit is null then sums.period else taken.period end, taken.expired
            from {schema}.credits taken join {schema}.credits sums on sums.account = taken.account and sums.id = ''
            where taken.id = $1 and taken.expired > 0 order by taken.account
            """,
            [claimId],
            row =>
            {
                var period = row.IsDBNull(2) ? (TimeSpan?)null : row.GetTimeSpan(2);
                return (new CreditAccount(row.GetString(0), row.GetDecimal(1), period), row.GetDecimal(3));
            },
            cancellationToken);

    private sealed record Reservation(decimal Reserved, decimal Spent, decimal Expired, bool IsCommitted)
    {
        public bool IsFree => Reserved + Spent + Expired == 0;
    }
}
