namespace ImaNanoBanana.Catalog;

/// <summary>One version of one model, as the product list offers it.</summary>
internal sealed record ProductVersion
{
    public required string Id { get; init; }

    public required ImageModel Model { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<FormField> Fields { get; init; }

    public required IReadOnlyList<CreditRule> Rules { get; init; }

    public ExpectedTime? Expected { get; init; }

    /// <summary>The fewest images to work from; null where the list does not say.</summary>
    public int? MinImages { get; init; }

    /// <summary>The most images to work from; null where the list does not say.</summary>
    public int? MaxImages { get; init; }
}
