namespace ImaNanoBanana.Tests.Docs;

/// <summary>
/// Every C# block of a page is a region, compiled and run, between the marks of the page's snippets: docs/batches.md and
/// BatchesSnippets.cs, README.md (and its translations) and ReadmeSnippets.cs.
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
        Assert.Equal(Regions(snippets), page.Blocks.Where(IsCode).Select(block => block.Text));
    }

    [Fact]
    public void Every_snippets_file_has_its_page() => Assert.Empty(
        Directory.EnumerateFiles(Folder, "*Snippets.cs", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file))
            .Except(PagesWithCode().Select(row => Snippets(row.Data))));

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

    /// <summary>The text between the marks, without its indentation.</summary>
    private static IEnumerable<string> Regions(string file)
    {
        List<string>? region = null;
        foreach (var line in File.ReadLines(file))
        {
            switch (line.Trim())
            {
                case "// >>>":
                    region = [];
                    break;
                case "// <<<":
                    var indent = region!.Where(text => text.Length > 0).Min(text => text.Length - text.TrimStart().Length);
                    yield return string.Join('\n', region!.Select(text => text.Length == 0 ? text : text[indent..]));
                    region = null;
                    break;
                default:
                    region?.Add(line);
                    break;
            }
        }
    }
}
