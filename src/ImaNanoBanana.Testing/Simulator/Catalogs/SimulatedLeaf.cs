namespace ImaNanoBanana.Testing;

/// <summary>Represents a version of a model in the product list.</summary>
internal sealed record SimulatedLeaf(
    string Id, string Version, string Name, IReadOnlyList<string> Ratios, IReadOnlyList<SimulatedPrice> Prices)
{
    /// <summary>The text of the realistic list; null in the plain list.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the form shows a quality from which the size follows.</summary>
    public bool HasVirtualSize { get; init; }
}
