namespace ImaNanoBanana.Tests.Planning;

/// <summary>What a plan orders.</summary>
/// <param name="AttributeId">That of the rule.</param>
/// <param name="Credits">For one image.</param>
/// <param name="Sent">The parameters as a JSON object, by name.</param>
public sealed record PlannedSubmission(int AttributeId, decimal Credits, string Sent)
{
    public int Count { get; init; } = 1;
}
