namespace ImaNanoBanana.Testing;

/// <summary>
/// Describes a model that a test adds to the simulated product list with <see cref="SimulatedModelExtensions.AddModel"/>, for example
/// one that is newer than the SDK. Immutable.
/// </summary>
public sealed record SimulatedModel
{
    /// <summary>
    /// A model that the SDK does not know: <c>gemini-nano-banana-2.1</c> with the sizes 2K (8 credits) and 4K (12 credits) and the ratios
    /// 1:1, 3:2 and 16:9.
    /// </summary>
    public static SimulatedModel Newer { get; } = new()
    {
        Id = "gemini-nano-banana-2.1",
        Name = "Nano Banana 2.1",
        AspectRatios = ["1:1", "3:2", "16:9"],
        Prices = [new("2K", 8), new("4K", 12)],
    };

    /// <summary>The id of the model.</summary>
    public required string Id { get; init; }

    /// <summary>The display name.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the version.</summary>
    /// <value>The id of the model followed by <c>-preview</c> by default.</value>
    public string Version { get => field ?? Id + "-preview"; init; }

    /// <summary>The aspect ratios of the form, such as <c>16:9</c>; the first one is the default.</summary>
    public required IReadOnlyList<string> AspectRatios { get; init; }

    /// <summary>
    /// The sizes of the form with the price of one image in credits, the same for both task types. The default size is 1K, or the first
    /// one if there is no 1K.
    /// </summary>
    public required IReadOnlyList<KeyValuePair<string, decimal>> Prices { get; init; }
}
