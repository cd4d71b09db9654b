namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>Reads the tables of docs/reliability.md: the expected values stand there, written by hand.</summary>
internal static class MarkdownTable
{
    /// <summary>The rows of the table under a heading, each as column name to cell.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string heading)
    {
        var lines = File.ReadLines(Path.Combine(RepositoryRoot(), "docs", "reliability.md"))
            .SkipWhile(line => line != heading)
            .SkipWhile(line => !line.StartsWith('|'))
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .ToList();
        Assert.True(lines.Count > 2, $"docs/reliability.md has no table under '{heading}'.");
        return [.. lines.Skip(2).Select(cells => lines[0].Zip(cells).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ImaNanoBanana.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
