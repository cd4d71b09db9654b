using Npgsql;

namespace ImaNanoBanana.Mcp.Stores;

/// <summary>Records in PostgreSQL, which all instances of the server share. The users also share the rate of their requests.</summary>
internal sealed class DatabaseStore(NpgsqlDataSource database, TimeProvider time) : IDisposable
{
    private const string GateName = "ima-mcp";

    private readonly PostgreSqlRequestGate _gate = CreateGate(database, time);

    public UserStore Create(ServerSettings settings, string user)
    {
        var ledger = new PostgreSqlCreditLedger(database, hasJournal: true, timeProvider: time);
        var journal = new PostgreSqlTaskJournal(database, user, timeProvider: time);
        return new UserStore(journal, new CreditBudget(ledger, settings.Account(user)), _gate);
    }

    public void Dispose() => _gate.Dispose();

    private static PostgreSqlRequestGate CreateGate(NpgsqlDataSource database, TimeProvider time)
    {
        var defaults = new ImaNanoBananaOptions();
        return new PostgreSqlRequestGate(database, GateName, defaults.RequestsPerSecond, defaults.RequestBurst, timeProvider: time);
    }
}
