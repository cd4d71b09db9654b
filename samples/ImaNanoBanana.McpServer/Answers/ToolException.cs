namespace ImaNanoBanana.Mcp.Answers;

/// <summary>An error of the server itself, with the facts for the answer.</summary>
internal sealed class ToolException(ErrorFacts facts) : Exception(facts.Reason)
{
    public ErrorFacts Facts { get; } = facts;
}
