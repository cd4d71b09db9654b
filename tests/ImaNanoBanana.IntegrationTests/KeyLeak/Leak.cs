namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>A secret in a place where it must not be.</summary>
internal sealed record Leak(LeakChannel Channel, Secret Secret, string Excerpt);
