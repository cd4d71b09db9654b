using ImaNanoBanana.Site;

namespace ImaNanoBanana.Tests.Site;

/// <summary>How the README becomes the first page of the site without a broken link.</summary>
public sealed class SourcePageTests
{
    [Theory]
    [InlineData("docs/a.md", "[a](../README.md#try-it) and [b](b.md)", "[a](../index.md#try-it) and [b](b.md)")]
    [InlineData("docs/decisions/a.md", "[a](../../README.md)", "[a](../../index.md)")]
    [InlineData("README.md", "[a](README.md), [b](#b), [c](docs/index.md)", "[a](index.md), [b](#b), [c](docs/index.md)")]
    [InlineData("samples/A/README.md", "![a](a.png) [b](README.md)", "![a](a.png) [b](README.md)")]
    [InlineData("docs/a.md", "`[a](../README.md)` https://example.com/README.md", "`[a](../README.md)` https://example.com/README.md")]
    [InlineData("docs/a.md", "[a](https://example.com/README.md)", "[a](https://example.com/README.md)")]
    public void Links_to_the_readme_lead_to_the_first_page(string path, string text, string staged) =>
        Assert.Equal(staged, new SourcePage(path, text).WithLinks(Staging.StagedPath));

    [Theory]
    [InlineData("# A `B`, *c* and 中文\n## D", "A B, c and 中文")]
    [InlineData("text", "docs/a.md")]
    public void Title_is_the_first_heading(string text, string title) => Assert.Equal(title, new SourcePage("docs/a.md", text).Title);
}
