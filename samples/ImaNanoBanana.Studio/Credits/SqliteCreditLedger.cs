using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Credits;

/// <summary>
/// Counts the credits of all budgets in the file of the studio, so that they survive a restart. One statement is one transaction, and
/// SQLite runs one at a time, so each method is atomic. With PostgreSQL, the ledger of its package is used.
/// </summary>
internal sealed class SqliteCreditLedger(StudioDatabase database) : ICreditLedger
{
    private const decimal Micro = 1_000_000;

    public async ValueTask<bool> TryReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
    {
        var rows = await database.ExecuteAsync(
            $"""
            insert into studio_credits (id, account, idempotency_key, micro_credits, spent, at)
            select @row, @account, @key, @credits, 0, {database.Now}
            where @credits + (select coalesce(sum(micro_credits), 0) from studio_credits
                where account = @account and id <> @row and (spent = 0 or at > {database.Now} - @period)) <= @limit
            on conflict (id) do update
                set micro_credits = case when spent = 1 then micro_credits else excluded.micro_credits end
            """,
            [
                .. Names(account, entry), ("key", entry.IdempotencyKey), ("credits", ToMicro(entry.Credits)),
                ("period", Milliseconds(account.Period)), ("limit", ToMicro(account.Limit)),
            ],
            cancellationToken);
        return rows == 1;
    }

    public async ValueTask CommitAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            $"update studio_credits set spent = 1, at = {database.Now} where id = @row and account = @account and spent = 0",
            Names(account, entry),
            cancellationToken);

    public async ValueTask ReleaseAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken) =>
        await database.ExecuteAsync(
            "delete from studio_credits where id = @row and account = @account and spent = 0", Names(account, entry), cancellationToken);

    public async ValueTask<CreditUsage> GetUsageAsync(CreditAccount account, CancellationToken cancellationToken)
    {
        var sums = await database.QueryAsync(
            $"""
            select coalesce(sum(case when spent = 1 and at > {database.Now} - @period then micro_credits end), 0),
                coalesce(sum(case when spent = 0 then micro_credits end), 0)
            from studio_credits where account = @account
            """,
            [("account", account.Name), ("period", Milliseconds(account.Period))],
            row => (Spent: row.GetInt64(0) / Micro, Reserved: row.GetInt64(1) / Micro),
            cancellationToken);
        var (spent, reserved) = sums[0];
        return new CreditUsage(spent, reserved, Math.Max(0, account.Limit - spent - reserved));
    }

    /// <summary>
    /// Ends the reservations of the process that used the file before. The journal knows which of them belong to a submission: those
    /// count as spent, and the others are released.
    /// </summary>
    public async Task SettleAsync(ITaskJournal journal, CancellationToken cancellationToken)
    {
        var reservations = await database.QueryAsync(
            "select id, account, idempotency_key from studio_credits where spent = 0",
            [],
            row => (Row: row.GetString(0), Account: row.GetString(1), Key: row.GetString(2)),
            cancellationToken);
        foreach (var (row, account, key) in reservations)
        {
            // Without a key, the credits were reserved outside the client, and the journal does not know for what.
            var claim = key.Length == 0 ? null : await journal.FindAsync(key, cancellationToken);

            // An entry that could not be read completely has no id. It may be that of this submission.
            var isOfEntry = claim is not null && (claim.ClaimId.Length == 0 || row == Row(account, claim.ClaimId));
            var isSubmitted = key.Length == 0 || isOfEntry;
            await database.ExecuteAsync(
                isSubmitted
                    ? $"update studio_credits set spent = 1, at = {database.Now} where id = @row"
                    : "delete from studio_credits where id = @row",
                [("row", row)],
                cancellationToken);
        }
    }

    /// <summary>One submission has an entry in several accounts: those of its visitor and of all visitors.</summary>
    private static string Row(string account, string entry) => $"{account}/{entry}";

    private static (string Name, object? Value)[] Names(CreditAccount account, CreditLedgerEntry entry) =>
        [("row", Row(account.Name, entry.Id)), ("account", account.Name)];

    private static long ToMicro(decimal credits) => (long)Math.Ceiling(Math.Min(credits, long.MaxValue / Micro) * Micro);

    private static long Milliseconds(TimeSpan? period) =>
        (long)(period ?? TimeSpan.FromDays(36500)).TotalMilliseconds;
}
