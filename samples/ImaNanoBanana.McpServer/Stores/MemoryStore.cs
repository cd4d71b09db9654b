namespace ImaNanoBanana.Mcp.Stores;

/// <summary>Records in memory, for a simulator in this process: its tasks end with the process as well.</summary>
internal static class MemoryStore
{
    public static UserStore Create(ServerSettings settings, TimeProvider time) =>
        new(null, new CreditBudget(settings.Budget, ServerSettings.BudgetPeriod, time));
}
