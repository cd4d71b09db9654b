namespace ImaNanoBanana;

/// <summary>Represents a price of a model version and the conditions under which it applies. Immutable.</summary>
/// <param name="CreditsPerImage">The credits for one image.</param>
/// <param name="Conditions">
/// The parameter values for which the price applies, as text, by their names in the service's API; empty if it always applies.
/// </param>
public sealed record ImagePrice(decimal CreditsPerImage, IReadOnlyDictionary<string, string> Conditions)
{
    /// <summary>The id of the price in the service.</summary>
    public string AttributeId { get; init; } = "";
}
