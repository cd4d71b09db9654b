namespace ImaNanoBanana.Tests.Docs;

/// <summary>
/// Code that a page shows: the lines between the marks <c>// &gt;&gt;&gt;</c> and <c>// &lt;&lt;&lt;</c> of a file. The line
/// <c>// &gt;&gt;&gt; samples/PATH#NAME</c> of a snippets file stands for the lines of a sample between <c>// &gt;&gt;&gt; NAME</c> and its
/// end.
/// </summary>
/// <param name="Name">The name in the mark; empty for none.</param>
/// <param name="Text">The lines without their indentation.</param>
/// <param name="Source">The file and region of a sample that the text comes from; null if it is in the file itself.</param>
internal sealed record SnippetRegion(string Name, string Text, string? Source = null)
{
    private const string Start = "// >>>";
    private const string End = "// <<<";
    private const string SampleFolder = "samples/";

    /// <summary>The sources of the samples.</summary>
    public static IEnumerable<string> Samples() =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, SampleFolder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj"));

    /// <returns>The regions of a file, in order.</returns>
    public static IReadOnlyList<SnippetRegion> Read(string file) =>
        [.. FromLines(File.ReadLines(file)).Select(region => region.Source is { } source ? FromSample(source) : region)];

    /// <returns>The regions in the lines. A region that is in a sample has no text yet.</returns>
    public static IEnumerable<SnippetRegion> FromLines(IEnumerable<string> lines)
    {
        List<string>? region = null;
        var name = "";
        foreach (var line in lines)
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith(Start, StringComparison.Ordinal))
            {
                Assert.True(region is null, $"The region '{name}' has no end before '{trimmed}'.");
                name = trimmed[Start.Length..].Trim();
                if (name.StartsWith(SampleFolder, StringComparison.Ordinal))
                {
                    yield return new SnippetRegion(name.Split('#')[^1], "", name);
                }
                else
                {
                    region = [];
                }
            }
            else if (trimmed == End)
            {
                Assert.True(region is not null, "An end of a region has no start.");
                yield return new SnippetRegion(name, WithoutIndentation(region));
                region = null;
            }
            else
            {
                region?.Add(line);
            }
        }

        Assert.True(region is null, $"The region '{name}' has no end.");
    }

    private static SnippetRegion FromSample(string source)
    {
        var words = source.Split('#');
        Assert.True(words.Length == 2, $"'{source}' names no region.");
        var lines = File.ReadLines(Path.Combine(RepositoryRoot.Path, words[0]));
        return Assert.Single(FromLines(lines), region => region.Name == words[1]) with { Source = source };
    }

    private static string WithoutIndentation(List<string> lines)
    {
        var indent = lines.Where(text => text.Length > 0).Min(text => text.Length - text.TrimStart().Length);
        return string.Join('\n', lines.Select(text => text.Length == 0 ? text : text[indent..]));
    }
}
