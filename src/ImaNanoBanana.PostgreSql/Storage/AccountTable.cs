using Npgsql;

namespace ImaNanoBanana.Storage;

/// <summary>
/// The sums of the accounts: one row for each account, in the table of its reservations, with an empty id. Budgets with different periods
/// may use one account: <c>period</c> is the longest of them, and what was spent in it is kept in single rows, from which the sum of a
/// shorter period is made. <c>is_committed</c> says that a budget without a period uses the account: the sum then keeps what is older, and
/// <c>at</c> is the time of the last submission that is in the sum only.
/// </summary>
/// <remarks>Every method needs a transaction. Anyone who changes an account locks its row of sums first.</remarks>
internal static class AccountTable
{
    /// <summary>A longer period would be outside of the calendar.</summary>
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromDays(36_500);

    /// <summary>If no budget of the account has a period, single rows are kept for this time, so that a repeated call finds them.</summary>
    private static readonly TimeSpan Repeatable = TimeSpan.FromMinutes(15);

    /// <summary>Locks the sums of an account, and removes what was spent before its longest period.</summary>
    /// <returns>What is reserved in the account, and what was spent in the period of this budget.</returns>
    public static async Task<AccountSums> LockAsync(
        NpgsqlConnection connection, string schema, CreditAccount account, CancellationToken cancellationToken)
    {
        var period = Period(account);
        var (longest, keepsTotal) = (await connection.RowAsync(
            $"""
            insert into {schema}.credits as sums (account, id, idempotency_key, credit_limit, period, is_committed, at)
            values ($1, '', '', $2, $3::interval, $3::interval is null, clock_timestamp())
            on conflict (account, id) do update set credit_limit = $2, period = greatest(sums.period, $3::interval),
                is_committed = sums.is_committed or sums.period is null or $3::interval is null
            returning period, is_committed
            """,
            [account.Name, account.Limit, period],
            row => new Kept(row.IsDBNull(0) ? null : row.GetTimeSpan(0), row.GetBoolean(1)),
            cancellationToken).ConfigureAwait(false))!;
        await RemoveOldAsync(connection, schema, account, longest ?? Repeatable, keepsTotal, cancellationToken).ConfigureAwait(false);
        var sums = (await connection.RowAsync(
            $"select reserved, spent from {schema}.credits where account = $1 and id = ''",
            [account.Name],
            row => new AccountSums(row.GetDecimal(0), row.GetDecimal(1)),
            cancellationToken).ConfigureAwait(false))!;
        return period is null || (period == longest && !keepsTotal)
            ? sums
            : sums with { Spent = await SpentAsync(connection, schema, account, keepsTotal, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>Changes the sums of an account.</summary>
    public static Task<int> AddAsync(
        NpgsqlConnection connection, string schema, string account, decimal reserved, decimal spent, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"update {schema}.credits set reserved = reserved + $2, spent = spent + $3 where account = $1 and id = ''",
            [account, reserved, spent],
            cancellationToken);

    public static async Task<CreditUsage> GetUsageAsync(
        NpgsqlConnection connection, string schema, CreditAccount account, CancellationToken cancellationToken)
    {
        var sums = await LockAsync(connection, schema, account, cancellationToken).ConfigureAwait(false);
        return new CreditUsage(sums.Spent, sums.Reserved, Math.Max(0, sums.Left(account)));
    }

    /// <returns>The time until enough credits are free, if nothing else is spent; null if waiting does not help.</returns>
    public static async Task<TimeSpan?> GetFreeAfterAsync(
        NpgsqlConnection connection, string schema, CreditAccount account, decimal credits, CancellationToken cancellationToken)
    {
        var sums = await LockAsync(connection, schema, account, cancellationToken).ConfigureAwait(false);
        var missing = credits - sums.Left(account);
        if (missing <= 0 || credits == 0)
        {
            return TimeSpan.Zero;
        }

        if (Period(account) is not { } period || credits > account.Limit)
        {
            return null;
        }

        var age = await connection.ScalarAsync<TimeSpan?>(
            $"""
            select clock_timestamp() - min(at) from (
                select at, sum(spent) over (order by at, id) as freed from (
                    select at, id, spent from {schema}.credits where account = $1 and id <> '' and spent > 0
                    union all
                    {SumOnly(schema)}) charges
                where at > clock_timestamp() - $3::interval) leaving
            where freed >= $2
            """,
            [account.Name, missing, period],
            cancellationToken).ConfigureAwait(false);
        return age is { } oldest ? TimeSpan.FromTicks(Math.Max(0, (period - oldest).Ticks)) : null;
    }

    private static TimeSpan? Period(CreditAccount account) => account.Period > LongestPeriod ? LongestPeriod : account.Period;

    /// <summary>Selects what is in the sum of an account and in no single row, as one charge.</summary>
    private static string SumOnly(string schema) => $"""
        select at, id, spent - (
            select coalesce(sum(spent), 0) from {schema}.credits where account = $1 and id <> '' and spent > 0) as spent
        from {schema}.credits where account = $1 and id = '' and is_committed
        """;

    /// <summary>Removes single rows that are older than the longest period, from the sum too unless a budget has no period.</summary>
    private static async Task RemoveOldAsync(
        NpgsqlConnection connection,
        string schema,
        CreditAccount account,
        TimeSpan age,
        bool keepsTotal,
        CancellationToken cancellationToken)
    {
        const string FromSum = "spent = sums.spent - gone.spent";
        const string OnlyInSum = "at = greatest(sums.at, gone.at)";
        await connection.ExecuteAsync(
            $"""
            with old as (
                delete from {schema}.credits
                where account = $1 and id <> '' and spent > 0 and at <= clock_timestamp() - $2::interval returning spent, at),
            gone as (select sum(spent) as spent, max(at) as at from old having count(*) > 0)
            update {schema}.credits sums set {(keepsTotal ? OnlyInSum : FromSum)}
            from gone where sums.account = $1 and sums.id = ''
            """,
            [account.Name, age],
            cancellationToken).ConfigureAwait(false);
    }

    /// <returns>What was spent in a period that is shorter than the longest one, or in an account whose sum is older too.</returns>
    private static async Task<decimal> SpentAsync(
        NpgsqlConnection connection, string schema, CreditAccount account, bool keepsTotal, CancellationToken cancellationToken)
    {
        // The index finds the rows of the period; the sum of all others is only needed if it cannot be the sum of the account.
        var older = keepsTotal ? $"union all select spent from ({SumOnly(schema)}) rest where at > clock_timestamp() - $2::interval" : "";
        return await connection.ScalarAsync<decimal>(
            $"""
            select coalesce(sum(spent), 0) from (
                select spent from {schema}.credits
                where account = $1 and id <> '' and spent > 0 and at > clock_timestamp() - $2::interval
                {older}) charges
            """,
            [account.Name, Period(account)],
            cancellationToken).ConfigureAwait(false);
    }

    private sealed record Kept(TimeSpan? Longest, bool KeepsTotal);
}
