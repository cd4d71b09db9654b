namespace ImaNanoBanana.Requests;

/// <summary>What an earlier submission cost, or may have cost.</summary>
/// <param name="ClaimId">The id of its claim.</param>
/// <param name="Credits">Its price in credits.</param>
/// <param name="Age">How long ago it was claimed; never negative.</param>
internal readonly record struct PastCharge(string ClaimId, decimal Credits, TimeSpan Age);
