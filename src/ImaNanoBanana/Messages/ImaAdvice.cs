namespace ImaNanoBanana;

/// <summary>
/// What to tell the person who waits for an image: why there is none and what to do, without technical words (wire contract,
/// vocabulary). A value.
/// </summary>
/// <param name="Reason">Why.</param>
/// <param name="Suggestion">What to do; empty where the reason says it already.</param>
public sealed record ImaAdvice(string Reason, string Suggestion);
