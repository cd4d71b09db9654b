namespace ImaNanoBanana;

/// <summary>Names the credits that an <see cref="ICreditLedger"/> counts together, and their limit. Immutable.</summary>
/// <param name="Name">The name of the account in the ledger. Budgets with the same name count together.</param>
/// <param name="Limit">The maximum number of credits.</param>
/// <param name="Period">The limit applies to any period of this length; null for everything that the ledger holds.</param>
public sealed record CreditAccount(string Name, decimal Limit, TimeSpan? Period = null);
