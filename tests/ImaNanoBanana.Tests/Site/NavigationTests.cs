using System.Text.RegularExpressions;
using ImaNanoBanana.Site;

namespace ImaNanoBanana.Tests.Site;

/// <summary>The navigation of the site has every page, in the order of docs/index.md.</summary>
public sealed partial class NavigationTests
{
    private static readonly SourceTree Tree = new(RepositoryRoot.Path);

    [Fact]
    public void Order_is_the_one_of_the_index()
    {
        string[] first = ["../index.md", "index.md", "README.zh.md"];
        var rows = File.ReadLines(Tree.Full(DocumentationIndex.Path)).Select(line => Row().Match(line)).Where(match => match.Success);

        var hrefs = Href().Matches(Navigation.Contents(Tree.Index(), Tree.Pages())).Select(match => match.Groups[1].Value);

        Assert.Equal(
            [.. first, .. rows.Select(match => match.Groups[1].Value)],
            hrefs.Where(href => !href.StartsWith("../samples/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_page_of_the_documentation_is_in_it() => Assert.Empty(
        Directory.EnumerateFiles(Tree.Full("docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
            .Except(Tree.Pages().Select(page => page.Path)));

    [Fact]
    public void Names_are_quoted() => Assert.Contains(
        "  - name: 'The app''s: key'\n    href: 'a.md'\n",
        Navigation.Contents(
            [new IndexSection("Tasks", [new IndexEntry("docs/a.md", "x")])], [new SourcePage("docs/a.md", "# The app's: key")]),
        StringComparison.Ordinal);

    [GeneratedRegex(@"^\| \[[^\]]*\]\(([^)]*)\)")]
    private static partial Regex Row();

    [GeneratedRegex("href: '(.*)'")]
    private static partial Regex Href();
}
