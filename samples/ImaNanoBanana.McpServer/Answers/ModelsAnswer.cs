namespace ImaNanoBanana.Mcp.Answers;

/// <summary>What list_models answers.</summary>
internal sealed record ModelsAnswer
{
    public required string Status { get; init; }

    public bool Simulated { get; init; }

    public IReadOnlyList<ModelFacts>? Models { get; init; }

    public ErrorFacts? Error { get; init; }
}
