namespace ImaNanoBanana.Tests.Docs;

/// <summary>Every link in the documentation leads to something that exists.</summary>
public class LinkTests
{
    private const string Index = "docs/index.md";

    /// <summary>The folder that makes the site from the pages. It contains no pages.</summary>
    private const string SiteTools = "docs/site/";

    /// <summary>The external hosts that the documentation may link to. They are not fetched.</summary>
    private static readonly string[] Elsewhere =
    [
        "https://www.imaclaw.ai/imaclaw/apikey",
        "https://www.imaclaw.ai/imaclaw/subscription",
        "https://imagent.bot",
        "https://nsubstitute.github.io/",
        "https://keepachangelog.com/en/1.1.0/",
        "https://semver.org/spec/v2.0.0.html",
    ];

    [Fact]
    public void Every_link_has_a_target() => Assert.Empty(MarkdownPage.All.SelectMany(Broken));

    [Fact]
    public void Every_page_is_linked_from_the_index_and_the_index_from_the_readme()
    {
        Assert.Contains(Index, Targets(Page("README.md")));

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
            .Where(file => !file.StartsWith(SiteTools, StringComparison.Ordinal))
            .Except([Index, .. Targets(Page(Index))]));
    }

    [Fact]
    public void Page_of_a_package_has_no_link_that_works_only_in_the_repository() => Assert.All(
        MarkdownPage.OfPackages.SelectMany(page => page.Links),
        link => Assert.StartsWith("https://", link, StringComparison.Ordinal));

    [Theory]
    [InlineData("[a](LICENSE)")]
    [InlineData("[a](docs/resume.md#unknown-outcomes)")]
    [InlineData("[a](#here-1) \n## Here\n## Here")]
    [InlineData("[a](#addimananobanana-and-_more_) \n## `AddImaNanoBanana()` and `_more_`")]
    [InlineData("[a](#60-秒上手不用容器) \n## 60 秒上手（不用容器）")]
    [InlineData("make a key at https://www.imaclaw.ai/imaclaw/apikey.")]
    [InlineData("`[a](nowhere.md)`")]
    public void Good_links_are_accepted(string text) => Assert.Empty(Broken(MarkdownPage.Parse("README.md", text)));

    [Theory]
    [InlineData("[a](docs/nowhere.md)", "README.md: docs/nowhere.md is not there")]
    [InlineData("[a](docs/Index.md)", "README.md: docs/Index.md is not there")]
    [InlineData("[a](docs/decisions)", "README.md: docs/decisions is not there")]
    [InlineData("![a](docs/nowhere.png)", "README.md: docs/nowhere.png is not there")]
    [InlineData("[a](../README.md)", "README.md: ../README.md is not there")]
    [InlineData("[a](docs/resume.md#nowhere)", "README.md: docs/resume.md has no heading #nowhere")]
    [InlineData("[a](#Here) \n## Here", "README.md: README.md has no heading #Here")]
    [InlineData("[a](https://example.com/)", "README.md: https://example.com/ is not among the addresses of this test")]
    [InlineData("see https://example.com/a.", "README.md: https://example.com/a is not among the addresses of this test")]
    public void Bad_links_are_reported(string text, string problem) =>
        Assert.Equal([problem], Broken(MarkdownPage.Parse("README.md", text)));

    private static IEnumerable<string> Broken(MarkdownPage page)
    {
        foreach (var link in page.Links)
        {
            if (link.Contains("://", StringComparison.Ordinal))
            {
                if (!Elsewhere.Contains(link))
                {
                    yield return $"{page}: {link} is not among the addresses of this test";
                }

                continue;
            }

            var (path, anchor) = Split(link);
            var target = Resolved(page, path);
            if (target is null || !IsThere(target))
            {
                yield return $"{page}: {path} is not there";
            }
            else if (anchor is not null && !(target == page.Path ? page : Page(target)).Anchors.Contains(anchor))
            {
                yield return $"{page}: {target} has no heading #{anchor}";
            }
        }
    }

    /// <summary>A file with the exact spelling of its name, even if the file system ignores case.</summary>
    private static bool IsThere(string target)
    {
        var file = Path.Combine(RepositoryRoot.Path, target);
        return File.Exists(file) && Directory.EnumerateFiles(Path.GetDirectoryName(file)!).Contains(file, StringComparer.Ordinal);
    }

    private static (string Path, string? Anchor) Split(string link) => link.IndexOf('#', StringComparison.Ordinal) switch
    {
        -1 => (link, null),
        var at => (link[..at], Uri.UnescapeDataString(link[(at + 1)..])),
    };

    private static IEnumerable<string> Targets(MarkdownPage page) => page.Links
        .Where(link => !link.Contains("://", StringComparison.Ordinal))
        .Select(link => Resolved(page, Split(link).Path))
        .OfType<string>();

    /// <returns>The path from the root; null if the link leaves the repository.</returns>
    private static string? Resolved(MarkdownPage page, string path)
    {
        if (path.Length == 0)
        {
            return page.Path;
        }

        var folder = Path.GetDirectoryName(Path.Combine(RepositoryRoot.Path, page.Path))!;
        var relative = Path.GetRelativePath(RepositoryRoot.Path, Path.GetFullPath(path, folder)).Replace('\\', '/');
        return relative.StartsWith("..", StringComparison.Ordinal) ? null : relative;
    }

    private static MarkdownPage Page(string path) => MarkdownPage.All.Single(page => page.Path == path);
}
