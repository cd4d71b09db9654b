namespace ImaNanoBanana.Tests.Submitting;

/// <summary>What a create submits.</summary>
public sealed record SentSubmission(int AttributeId, decimal Credits, string Size, int Count = 1);
