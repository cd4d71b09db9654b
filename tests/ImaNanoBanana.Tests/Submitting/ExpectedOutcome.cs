namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What became of a create. The kind by its name, because the SDK's own is no public type.</summary>
public sealed record ExpectedOutcome(string Kind, string? TaskId, int? Code);
