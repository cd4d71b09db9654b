namespace ImaNanoBanana.Mcp.Answers;

/// <summary>An image that is ready.</summary>
internal sealed record ImageFacts
{
    public required string Url { get; init; }

    /// <summary>Where it was saved.</summary>
    public string? Path { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? MediaType { get; init; }
}
