using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>docs/README.zh.md says what README.md says, as far as figures, blocks and texts tell.</summary>
public partial class ChineseReadmeTests
{
    private static readonly string English = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
    private static readonly string Chinese = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "README.zh.md"));

    [Fact]
    public void Comparison_has_the_same_figures()
    {
        var figures = Figures().Matches(English).Select(row => row.Groups[1].Value).ToList();

        Assert.Equal(6, figures.Count);
        Assert.Equal(figures, Figures().Matches(Chinese).Select(row => row.Groups[1].Value));
    }

    [Fact]
    public void Blocks_are_the_same() => Assert.Equal(Fences().Matches(English).Select(block => block.Value), Fences().Matches(Chinese).Select(block => block.Value));

    [Fact]
    public void Sections_are_as_many() => Assert.Equal(Headings().Count(English), Headings().Count(Chinese));

    [Fact]
    public void Messages_are_those_of_the_sdk()
    {
        var texts = ImaNanoBanana.Messages.LanguageTexts.Of(ImaLanguage.Chinese);

        Assert.All(
            new[] { texts.Received, texts.Starting, texts.Generating.Replace("{0}", "57", StringComparison.Ordinal), texts.Ready, texts.Failed },
            text => Assert.Contains($"`{text}`", Chinese, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| .*? (\| \d+ \| \d+) \|$", RegexOptions.Multiline)]
    private static partial Regex Figures();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fences();

    [GeneratedRegex("^#+ ", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
