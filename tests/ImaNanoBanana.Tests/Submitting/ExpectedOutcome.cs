namespace ImaNanoBanana.Tests.Submitting;

/// <summary>The outcome of a create. The kind is given by name, because the SDK's type is not public.</summary>
public sealed record ExpectedOutcome(string Kind, string? TaskId, int? Code);
