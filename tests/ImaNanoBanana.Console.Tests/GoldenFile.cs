using ImaNanoBanana.Tests;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Texts for people, kept as files beside this one. IMA_WRITE_GOLDEN=1 writes them again; review the difference.</summary>
internal static class GoldenFile
{
    public static void Matches(string name, string text)
    {
        var path = Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.Console.Tests", "Golden", name + ".txt");
        if (Environment.GetEnvironmentVariable("IMA_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }
}
