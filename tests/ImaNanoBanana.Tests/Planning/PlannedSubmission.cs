namespace ImaNanoBanana.Tests.Planning;

/// <summary>What a plan submits.</summary>
/// <param name="AttributeId">The attribute id of the rule.</param>
/// <param name="Credits">The credits for one image.</param>
/// <param name="Sent">The parameters as a JSON object, by name.</param>
public sealed record PlannedSubmission(int AttributeId, decimal Credits, string Sent)
{
    public int Count { get; init; } = 1;
}
