namespace ImaNanoBanana.Tests.Docs;

/// <summary>docs/README.zh.md matches README.md, as far as figures, blocks and texts can be compared.</summary>
public class ChineseReadmeTests
{
    private static readonly MarkdownPage English = MarkdownPage.Read("README.md");
    private static readonly MarkdownPage Chinese = MarkdownPage.Read("docs/README.zh.md");

    [Fact]
    public void Comparison_has_the_same_figures()
    {
        Assert.NotEmpty(Figures(English));
        Assert.Equal(Figures(English), Figures(Chinese));
    }

    [Fact]
    public void Blocks_are_the_same() => Assert.Equal(English.Blocks, Chinese.Blocks);

    [Fact]
    public void Number_of_sections_is_the_same() => Assert.Equal(English.Anchors.Count(), Chinese.Anchors.Count());

    [Fact]
    public void Messages_are_those_of_the_sdk()
    {
        var texts = ImaNanoBanana.Messages.LanguageTexts.ForLanguage(ImaLanguage.Chinese);

        Assert.Empty(
            new[]
            {
                texts.Received,
                texts.Starting,
                texts.Generating.Replace("{0}", "57", StringComparison.Ordinal),
                texts.Ready,
                texts.Failed
            }
            .Except(Chinese.InlineCodes));
    }

    private static List<string> Figures(MarkdownPage page) =>
        [.. page.Rows.SelectMany(row => row.Values).Select(cell => cell.Text).Where(text => text.All(char.IsAsciiDigit))];
}
