namespace ImaNanoBanana.Mcp.Answers;

/// <summary>An error of the server itself, ready to be told.</summary>
internal sealed class ToolException(ErrorFacts facts) : Exception(facts.Reason)
{
    public ErrorFacts Facts { get; } = facts;
}
