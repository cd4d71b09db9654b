namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>The listeners of these tests observe the whole process, so no other test runs at the same time.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class KeyLeakGroup
{
    public const string Name = "KeyLeak";
}
