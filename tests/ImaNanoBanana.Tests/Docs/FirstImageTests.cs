using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The picture of the README, which docs/site/picture.sh makes from the README's first command.</summary>
public sealed partial class FirstImageTests
{
    private static XDocument Picture => XDocument.Load(Path.Combine(RepositoryRoot.Path, "docs", "first-image.svg"));

    [Fact]
    public void Picture_shows_the_first_command_of_the_readme_and_where_its_image_is()
    {
        var command = MarkdownPage.Read("README.md").Blocks.First(block => block.Language == "sh").Text;
        var lines = Picture.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();

        Assert.Equal(["$", command], lines[..2]);
        Assert.Contains("saved    out/a-cute-puppy-on-grass.png", lines);
    }

    /// <summary>A picture of a page must not load anything, and pages must stay small.</summary>
    [Fact]
    public void Picture_contains_everything_that_it_shows()
    {
        var references = Picture.Descendants().Attributes().Where(attribute => attribute.Name.LocalName is "href" or "src").ToList();

        Assert.StartsWith("data:image/png;base64,", Assert.Single(references).Value, StringComparison.Ordinal);
        Assert.DoesNotMatch(Loaded(), Picture.Root!.Value);
        Assert.InRange(new FileInfo(Path.Combine(RepositoryRoot.Path, "docs", "first-image.svg")).Length, 1, 100_000);
    }

    [GeneratedRegex(@"url\(|@import|://")]
    private static partial Regex Loaded();
}
