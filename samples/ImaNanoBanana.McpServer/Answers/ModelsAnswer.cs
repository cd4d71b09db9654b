namespace ImaNanoBanana.Mcp.Answers;

/// <summary>The answer of list_models.</summary>
internal sealed record ModelsAnswer
{
    public required string Status { get; init; }

    public bool Simulated { get; init; }

    public IReadOnlyList<ModelFacts>? Models { get; init; }

    public ErrorFacts? Error { get; init; }
}
