using System.Globalization;
using Npgsql;

namespace ImaNanoBanana.JournalWorker;

/// <summary>What the processes of a test share in a database. The rate comes from the environment.</summary>
internal sealed class SharedDatabase
{
    private const int Burst = 5;

    public SharedDatabase(string connectionString, TimeProvider time)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        Journal = new PostgreSqlTaskJournal(source, timeProvider: time);
        Ledger = new PostgreSqlCreditLedger(source, hasJournal: true, timeProvider: time);
        if (Environment.GetEnvironmentVariable("IMA_WORKER_RATE") is { Length: > 0 } rate)
        {
            Gate = new PostgreSqlRequestGate(
                source, "test", double.Parse(rate, CultureInfo.InvariantCulture), Burst, timeProvider: time);
        }
    }

    public ITaskJournal Journal { get; }

    public ICreditLedger Ledger { get; }

    public IRequestGate? Gate { get; }
}
