using System.Globalization;
using Npgsql;

namespace ImaNanoBanana.JournalWorker;

/// <summary>What the processes of a test share in a database. The budget and the rate come from the environment.</summary>
internal sealed class SharedDatabase
{
    private const int Burst = 5;

    public SharedDatabase(string connectionString, TimeProvider time)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        Journal = new PostgreSqlTaskJournal(source, timeProvider: time);
        if (Number("IMA_WORKER_BUDGET") is { } credits)
        {
            var ledger = new PostgreSqlCreditLedger(source, hasJournal: true, timeProvider: time);
            Budget = new CreditBudget(ledger, new CreditAccount("test", (decimal)credits));
        }

        if (Number("IMA_WORKER_RATE") is { } rate)
        {
            Gate = new PostgreSqlRequestGate(source, "test", rate, Burst, timeProvider: time);
        }
    }

    public ITaskJournal Journal { get; }

    public CreditBudget? Budget { get; }

    public IRequestGate? Gate { get; }

    private static double? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;
}
