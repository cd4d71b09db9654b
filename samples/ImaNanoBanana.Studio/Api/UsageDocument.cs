namespace ImaNanoBanana.Studio.Api;

/// <summary>The credits of a visitor.</summary>
/// <param name="Spent">Charged in the period.</param>
/// <param name="Reserved">For submissions whose outcome is not known yet.</param>
/// <param name="Remaining">What may still be spent.</param>
/// <param name="Limit">What may be spent in the period.</param>
/// <param name="PeriodHours">The length of the period.</param>
internal sealed record UsageDocument(decimal Spent, decimal Reserved, decimal Remaining, decimal Limit, double PeriodHours);
