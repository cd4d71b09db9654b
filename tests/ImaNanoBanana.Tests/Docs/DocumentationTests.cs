using ImaNanoBanana.Tests.Api;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>
/// Every C# block of a page is a compiled and run region between the marks of the page's snippets: docs/batches.md and
/// BatchesSnippets.cs, README.md (and its translations) and ReadmeSnippets.cs.
/// </summary>
public class DocumentationTests
{
    /// <summary>sh blocks are run by tests/run-documented-commands.sh; what is neither C# nor a command is not checked.</summary>
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
        Assert.Equal(Regions(snippets), page.Blocks.Where(IsCode).Select(block => block.Text));
    }

    [Fact]
    public void Every_snippets_file_has_its_page() => Assert.Empty(
        Directory.EnumerateFiles(Folder, "*Snippets.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))
            .Except(PagesWithCode().Select(row => Snippets(row.Data))));

    [Fact]
    public void Every_block_says_what_it_is_and_ends() => Assert.Empty(
        from page in Pages
        from problem in page.Languages.Except(Languages).Select(language => $"a block of '{language}'")
            .Concat(page.Languages.Count > page.Blocks.Count ? ["a block that does not end"] : [])
        select $"{page}: {problem}");

    private static bool IsCode((string Language, string Text) block) => block.Language == "csharp";

    /// <summary>
    /// docs/two-words.md is TwoWordsSnippets.cs, what stands after a dot names a translation; src/PACKAGE/README.md goes by the last word of
    /// the package.
    /// </summary>
    private static string Snippets(string page)
    {
        if (page.Split('/') is ["src", var package, _])
        {
            return Path.Combine("Packages", package.Split('.')[^1] + "ReadmeSnippets.cs");
        }

        var words = Path.GetFileName(page).Split('.')[0].Split('-');
        return string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + string.Concat(word.Skip(1).Select(char.ToLowerInvariant)))) + "Snippets.cs";
    }

    private static List<string> Regions(string file)
    {
        var source = string.Join('\n', File.ReadLines(file).Select(line => line.Trim() is "// >>>" ? "```csharp" : line.Trim() is "// <<<" ? "```" : line));
        return [.. MarkdownPage.Parse(file, source).Blocks.Select(block => block.Text)];
    }
}
