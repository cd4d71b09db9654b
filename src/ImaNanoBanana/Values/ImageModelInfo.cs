namespace ImaNanoBanana;

/// <summary>Describes what the product list offers for one version of one model. Immutable.</summary>
public sealed record ImageModelInfo
{
    /// <summary>The model.</summary>
    public required ImageModel Model { get; init; }

    /// <summary>The id of the version, for use as <see cref="ImageRequest.ModelVersion"/>.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// Whether a request without a version uses this version: it is the last version of its model in the list.
    /// </summary>
    public required bool IsCurrent { get; init; }

    /// <summary>The display name, in the language of the list.</summary>
    public required string Name { get; init; }

    /// <summary>The task type for which the version is offered.</summary>
    public required ImageTaskType TaskType { get; init; }

    /// <summary>The available sizes, in the sequence of the list; empty if the list has none.</summary>
    public IReadOnlyList<ImageSize> Sizes { get; init; } = [];

    /// <summary>The available aspect ratios, in the sequence of the list; empty if the list has none.</summary>
    public IReadOnlyList<AspectRatio> AspectRatios { get; init; } = [];

    /// <summary>The prices that can be submitted, in the sequence of the list.</summary>
    public IReadOnlyList<ImagePrice> Prices { get; init; } = [];

    /// <summary>The shortest time that a task is expected to take.</summary>
    public TimeSpan? MinExpectedDuration { get; init; }

    /// <summary>The longest time that a task is expected to take.</summary>
    public TimeSpan? MaxExpectedDuration { get; init; }

    /// <summary>The minimum number of source images.</summary>
    public int MinImages { get; init; }

    /// <summary>The maximum number of source images; null if the list does not specify it.</summary>
    public int? MaxImages { get; init; }
}
