namespace ImaNanoBanana;

/// <summary>A price of a model's version and what it holds for (wire contract, section 1, credit rules). A value.</summary>
/// <param name="CreditsPerImage">Credits for one image.</param>
/// <param name="Conditions">The parameters that it holds for, by their names on the wire, as text; empty when it always holds.</param>
public sealed record ImagePrice(decimal CreditsPerImage, IReadOnlyDictionary<string, string> Conditions)
{
    /// <summary>The service's id of the price.</summary>
    public string AttributeId { get; init; } = "";
}
