using System.ComponentModel;

namespace ImaNanoBanana.Studio.Api;

/// <summary>What a visitor asks for.</summary>
/// <param name="Prompt">What the image shows.</param>
internal sealed record Order([property: Description("What the image shows.")] string Prompt)
{
    [Description("The id of a model. Without it, the model is chosen.")]
    public string? Model { get; init; }

    [Description("1K, 2K or 4K, for example.")]
    public string? Size { get; init; }

    [Description("16:9, for example.")]
    public string? AspectRatio { get; init; }

    [Description("The number of images, each at the full price.")]
    public int? Count { get; init; }

    [Description("The ids of the visitor's files to start from: uploaded or generated images.")]
    public IReadOnlyList<string> References { get => field ?? []; init; }

    [Description("The most credits that it may cost. Otherwise it is refused.")]
    public decimal? MaxCredits { get; init; }

    /// <summary>Compares what is generated: the references one by one, and not the limit on its price.</summary>
    public bool Equals(Order? other) =>
        other is not null
        && (Prompt, Model, Size, AspectRatio, Count) == (other.Prompt, other.Model, other.Size, other.AspectRatio, other.Count)
        && References.SequenceEqual(other.References);

    public override int GetHashCode() => HashCode.Combine(Prompt, Model, Size, AspectRatio, Count, References.Count);
}
