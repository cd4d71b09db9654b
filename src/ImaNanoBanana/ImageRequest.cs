namespace ImaNanoBanana;

/// <summary>
/// What to generate. A value: it may be reused and copied, and every use buys anew.
/// </summary>
/// <param name="Prompt">What the image shows. Sent unchanged (wire contract, section 2); refused when it is empty or only white space.</param>
public sealed record ImageRequest(string Prompt);
