namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Represents an image that is ready.</summary>
internal sealed record ImageFacts
{
    public required string Url { get; init; }

    /// <summary>The path of the saved file.</summary>
    public string? Path { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public string? MediaType { get; init; }
}
