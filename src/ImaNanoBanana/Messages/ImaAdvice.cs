namespace ImaNanoBanana;

/// <summary>
/// Contains the text for a user who waits for an image: why there is no image and what to do, without technical words. Immutable.
/// </summary>
/// <param name="Reason">The reason why there is no image.</param>
/// <param name="Suggestion">What the user can do; empty if the reason already says it.</param>
public sealed record ImaAdvice(string Reason, string Suggestion);
