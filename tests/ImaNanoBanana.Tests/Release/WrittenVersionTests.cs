using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ImaNanoBanana.Tests.Release;

/// <summary>The version is defined in Directory.Build.props. Where a person or a program reads it elsewhere, it is the same.</summary>
public sealed partial class WrittenVersionTests
{
    private static string Version
    {
        get
        {
            var properties = XDocument.Load(Path.Combine(RepositoryRoot.Path, "Directory.Build.props")).Descendants().ToLookup(
                element => element.Name.LocalName, element => element.Value);
            var suffix = properties["VersionSuffix"].Single();
            return properties["VersionPrefix"].Single() + (suffix.Length == 0 ? "" : $"-{suffix}");
        }
    }

    [Fact]
    public void Changelog_begins_with_what_is_not_released_and_then_this_version()
    {
        var headings = File.ReadLines(Path.Combine(RepositoryRoot.Path, "CHANGELOG.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Take(2).Select(line => line.Split(' ')[1]);

        Assert.Equal(["[Unreleased]", $"[{Version}]"], headings);
    }

    /// <summary>The page about releases has versions as examples.</summary>
    [Fact]
    public void Pages_name_the_packages_of_this_version()
    {
        var versions =
            from page in Docs.MarkdownPage.All
            where page.Path != "docs/RELEASING.md"
            from Match name in PackageVersion().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, page.Path)))
            select $"{page}: {name.Groups["version"].Value}";

        Assert.Equal(
            [$"README.md: {Version}", $"docs/README.zh.md: {Version}", $"docs/templates.md: {Version}"],
            versions.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"ImaNanoBanana[\w.]*?[.@](?<version>\d+\.\d+\.\d+(-[a-z]+\.\d+)?)")]
    private static partial Regex PackageVersion();
}
