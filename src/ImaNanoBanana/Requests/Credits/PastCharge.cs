namespace ImaNanoBanana.Requests.Credits;

/// <summary>Represents the cost, or the possible cost, of an earlier submission.</summary>
/// <param name="ClaimId">The id of the submission's claim.</param>
/// <param name="Credits">The price of the submission in credits.</param>
/// <param name="Age">The time since the submission was claimed; never negative.</param>
internal readonly record struct PastCharge(string ClaimId, decimal Credits, TimeSpan Age);
