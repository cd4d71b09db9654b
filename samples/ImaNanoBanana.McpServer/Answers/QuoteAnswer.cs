namespace ImaNanoBanana.Mcp.Answers;

/// <summary>The answer of quote_image.</summary>
internal sealed record QuoteAnswer
{
    public required string Status { get; init; }

    public bool Simulated { get; init; }

    /// <summary>The price of all images together. No credits were spent.</summary>
    public decimal? Credits { get; init; }

    public decimal? CreditsPerImage { get; init; }

    public string? Model { get; init; }

    public string? ModelName { get; init; }

    public string? Size { get; init; }

    public string? AspectRatio { get; init; }

    public int? Count { get; init; }

    public double? ExpectedAtLeastSeconds { get; init; }

    public double? ExpectedAtMostSeconds { get; init; }

    public IReadOnlyList<string>? Adjustments { get; init; }

    public ErrorFacts? Error { get; init; }
}
