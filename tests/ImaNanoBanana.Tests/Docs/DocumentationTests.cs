namespace ImaNanoBanana.Tests.Docs;

/// <summary>
/// Every C# block of a page is a region, compiled and run, between the marks of the page's snippets: docs/batches.md and
/// BatchesSnippets.cs, README.md (and its translations) and ReadmeSnippets.cs. A mark can also name a region of a sample.
/// </summary>
public class DocumentationTests
{
    /// <summary>sh blocks are run by tests/run-documented-commands.sh. Blocks that are neither C# nor commands are not checked.</summary>
    private static readonly string[] Languages = ["csharp", "sh", "json", "text"];

    private static IEnumerable<MarkdownPage> Pages => MarkdownPage.All.Concat(MarkdownPage.OfPackages);

    private static string Folder => Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.Tests", "Docs");

    public static TheoryData<string> PagesWithCode() =>
        [.. Pages.Where(page => page.Blocks.Any(IsCode)).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public void Every_csharp_block_of_a_page_is_compiled_code(string path)
    {
        var page = Pages.Single(page => page.Path == path);
        var snippets = Path.Combine(Folder, Snippets(path));

        Assert.True(File.Exists(snippets), $"{path} has C#, and there is no {Snippets(path)} to compile and run it.");
        Assert.Equal(SnippetRegion.Read(snippets).Select(region => region.Text), page.Blocks.Where(IsCode).Select(block => block.Text));
    }

    [Fact]
    public void Every_snippets_file_has_its_page() => Assert.Empty(
        Directory.EnumerateFiles(Folder, "*Snippets.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))
            .Except(PagesWithCode().Select(row => Snippets(row.Data))));

    /// <summary>A region of a sample that no page shows would be a mark without a meaning.</summary>
    [Fact]
    public void Every_region_of_a_sample_is_shown_by_a_page()
    {
        var shown = Directory.EnumerateFiles(Folder, "*Snippets.cs", SearchOption.AllDirectories)
            .SelectMany(SnippetRegion.Read).Select(region => region.Source).OfType<string>().Distinct().Order();
        var marked =
            from file in SnippetRegion.Samples()
            from region in SnippetRegion.Read(file)
            select $"{Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/')}#{region.Name}";
        Assert.Equal(shown, marked.Order());
    }

    /// <summary>A block with another language name, such as "bash", would never be run.</summary>
    [Fact]
    public void Every_block_names_its_language_and_ends() => Assert.Empty(
        from page in Pages
        from block in page.Blocks
        where !Languages.Contains(block.Language) || !block.IsEnded
        select $"{page}: {block}");

    private static bool IsCode(MarkdownPage.CodeBlock block) => block.Language == "csharp";

    /// <summary>
    /// docs/two-words.md belongs to TwoWordsSnippets.cs, and a text after a dot names a translation. src/PACKAGE/README.md is named after
    /// the last word of the package.
    /// </summary>
    private static string Snippets(string page)
    {
        if (page.Split('/') is ["src", var package, _])
        {
            return Path.Combine("Packages", package.Split('.')[^1] + "ReadmeSnippets.cs");
        }

        var words = Path.GetFileName(page).Split('.')[0].Split('-');
        return string.Concat(
            words.Select(
                word => char.ToUpperInvariant(word[0]) + string.Concat(word.Skip(1).Select(char.ToLowerInvariant)))) + "Snippets.cs";
    }
}
