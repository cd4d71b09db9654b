namespace ImaNanoBanana;

/// <summary>Represents what was spent from a budget at one moment, in credits. Immutable.</summary>
/// <param name="Spent">The credits that were spent in the period that ends now.</param>
/// <param name="Reserved">The credits that are reserved for submissions in progress.</param>
/// <param name="Remaining">The credits that can be reserved; never negative.</param>
public readonly record struct CreditUsage(decimal Spent, decimal Reserved, decimal Remaining);
