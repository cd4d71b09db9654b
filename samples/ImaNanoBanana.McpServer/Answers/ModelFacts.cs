using System.ComponentModel;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Represents a model with its prices and options.</summary>
internal sealed record ModelFacts
{
    public required string Model { get; init; }

    public required string Name { get; init; }

    [Description("text_to_image is for generate_image, image_to_image for edit_image.")]
    public required string TaskType { get; init; }

    [Description("Credits for one image, by size.")]
    public required IReadOnlyDictionary<string, decimal> Prices { get; init; }

    public required IReadOnlyList<string> AspectRatios { get; init; }

    public int? MinImages { get; init; }

    public int? MaxImages { get; init; }

    public double? ExpectedAtLeastSeconds { get; init; }

    public double? ExpectedAtMostSeconds { get; init; }
}
