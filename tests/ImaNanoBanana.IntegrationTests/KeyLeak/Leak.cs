namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>A secret where it does not belong.</summary>
internal sealed record Leak(LeakChannel Channel, Secret Secret, string Excerpt);
