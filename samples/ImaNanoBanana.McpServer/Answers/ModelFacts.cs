namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Represents a model with its prices and options.</summary>
internal sealed record ModelFacts
{
    public required string Model { get; init; }

    public required string Name { get; init; }

    /// <summary>text_to_image is for generate_image, image_to_image for edit_image.</summary>
    public required string TaskType { get; init; }

    /// <summary>Credits for one image, by size.</summary>
    public required IReadOnlyDictionary<string, decimal> Prices { get; init; }

    public required IReadOnlyList<string> AspectRatios { get; init; }

    public int? MinImages { get; init; }

    public int? MaxImages { get; init; }

    public double? ExpectedAtLeastSeconds { get; init; }

    public double? ExpectedAtMostSeconds { get; init; }
}
