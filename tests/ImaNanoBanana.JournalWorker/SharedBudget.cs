using System.Globalization;

namespace ImaNanoBanana.JournalWorker;

/// <summary>The budget of all processes of a test. Its limit comes from the environment.</summary>
internal static class SharedBudget
{
    /// <returns>Null if the environment has no limit.</returns>
    public static CreditBudget? Create(Func<ICreditLedger> ledger) =>
        Environment.GetEnvironmentVariable("IMA_WORKER_BUDGET") is { Length: > 0 } credits
            ? new CreditBudget(ledger(), new CreditAccount("test", decimal.Parse(credits, CultureInfo.InvariantCulture)))
            : null;
}
