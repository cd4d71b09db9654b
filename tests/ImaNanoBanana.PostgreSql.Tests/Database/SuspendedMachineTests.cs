using ImaNanoBanana.Storage;
using Npgsql;

namespace ImaNanoBanana.PostgreSql.Tests.Database;

/// <summary>
/// A machine is suspended or cut off in the middle of a transaction, in which it has locked the account that all others use.
/// </summary>
public class SuspendedMachineTests(PostgresServer server) : DatabaseTests(server)
{
    private static readonly CreditAccount Account = new("studio", 20);

    [Fact]
    public async Task Its_locks_end_after_a_moment_and_its_work_is_repeated_when_it_continues()
    {
        var ledger = new PostgreSqlCreditLedger(Source, hasJournal: true);
        var store = PostgreSqlStore.Create(Source, null, null);
        var (locked, resumed, attempts) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);

        var suspended = store.RunAsync(
            async (connection, token) =>
            {
                await CreditTable.TryReserveAsync(
                    connection, store.Schema, Account, new CreditLedgerEntry("suspended", "order-1", 6), hasJournal: true, token);
                if (++attempts > 1)
                {
                    return true;
                }

                // The timeout of the transaction is 10 s. The test does not wait that long.
                Assert.Equal("10s", await TimeoutAsync(connection, token));
                await connection.ExecuteAsync("set local idle_in_transaction_session_timeout = '100ms'", [], token);
                locked.SetResult();
                await resumed.Task;
                return await connection.ExecuteAsync("select 1", [], token) < 0;
            },
            Token);
        await await Task.WhenAny(locked.Task, suspended);

        Assert.True(await ledger.TryReserveAsync(Account, new CreditLedgerEntry("next", "order-2", 14), Token));
        resumed.SetResult();
        Assert.True(await suspended);

        Assert.Equal(2, attempts);
        Assert.Equal(new CreditUsage(0, 20, 0), await ledger.GetUsageAsync(Account, Token));
        await using var other = await Source.OpenConnectionAsync(Token);
        Assert.Equal("0", await TimeoutAsync(other, Token));
    }

    private static Task<string?> TimeoutAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<string>("select current_setting('idle_in_transaction_session_timeout')", [], cancellationToken);
}
