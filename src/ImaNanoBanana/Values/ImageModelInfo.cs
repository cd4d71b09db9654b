namespace ImaNanoBanana;

/// <summary>What the product list offers of one version of one model. A value.</summary>
public sealed record ImageModelInfo
{
    /// <summary>The model.</summary>
    public required ImageModel Model { get; init; }

    /// <summary>The id of the version, for <see cref="ImageRequest.ModelVersion"/>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it is the version that a request without one gets: the last of its model in the list.</summary>
    public required bool IsCurrent { get; init; }

    /// <summary>The name for people, in the language of the list.</summary>
    public required string Name { get; init; }

    /// <summary>What it is offered for.</summary>
    public required ImageTaskType TaskType { get; init; }

    /// <summary>The sizes on offer, in the list's order; empty where the list has none.</summary>
    public IReadOnlyList<ImageSize> Sizes { get; init; } = [];

    /// <summary>The ratios on offer, in the list's order; empty where the list has none.</summary>
    public IReadOnlyList<AspectRatio> AspectRatios { get; init; } = [];

    /// <summary>The prices that can be ordered, in the list's order.</summary>
    public IReadOnlyList<ImagePrice> Prices { get; init; } = [];

    /// <summary>The shortest time it is expected to take.</summary>
    public TimeSpan? MinExpectedDuration { get; init; }

    /// <summary>The longest time it is expected to take.</summary>
    public TimeSpan? MaxExpectedDuration { get; init; }

    /// <summary>The fewest images that it works from.</summary>
    public int MinImages { get; init; }

    /// <summary>The most images that it works from; null where the list does not say.</summary>
    public int? MaxImages { get; init; }
}
