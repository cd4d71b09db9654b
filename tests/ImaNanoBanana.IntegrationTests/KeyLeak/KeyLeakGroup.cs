namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>The listeners of these tests hear the whole process, so nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class KeyLeakGroup
{
    public const string Name = "KeyLeak";
}
