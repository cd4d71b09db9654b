namespace ImaNanoBanana.Tests;

/// <summary>The usage of a budget in memory, which is known at once.</summary>
internal static class BudgetUsage
{
    extension(CreditBudget budget)
    {
        public CreditUsage Usage => budget.GetUsageAsync().AsTask().GetAwaiter().GetResult();
    }
}
