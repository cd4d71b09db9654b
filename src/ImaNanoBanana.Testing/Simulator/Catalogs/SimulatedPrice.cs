namespace ImaNanoBanana.Testing;

/// <summary>Represents the price of a size, with its attribute ids for both task types.</summary>
internal sealed record SimulatedPrice(string Size, int TextAttributeId, int ImageAttributeId, decimal Points)
{
    public int AttributeOf(string category) => category == SimulatedCatalog.TextToImage ? TextAttributeId : ImageAttributeId;
}
