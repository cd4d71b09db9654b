namespace ImaNanoBanana.Storage;

/// <summary>What is reserved in an account, and what was spent in the period of a budget.</summary>
internal sealed record AccountSums(decimal Reserved, decimal Spent)
{
    /// <returns>What is left of the limit; negative if the limit was lowered.</returns>
    public decimal Left(CreditAccount account) => account.Limit - Spent - Reserved;
}
