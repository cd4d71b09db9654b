using Xunit.Sdk;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The marks around the code that the pages show.</summary>
public class SnippetRegionTests
{
    [Theory]
    [InlineData("a|// >>>|    b||      c|// <<<|d", "=b\n\n  c")]
    [InlineData("    // >>> run|    b|    // <<<", "run=b")]
    [InlineData("// >>>|b|// <<<|// >>> c|d|// <<<", "=b|c=d")]
    [InlineData("// >>> samples/A/B.cs#run|b", "run=samples/A/B.cs#run")]
    [InlineData("nothing", "")]
    public void Regions_are_the_lines_between_the_marks(string lines, string expected) => Assert.Equal(
        expected,
        string.Join('|', SnippetRegion.FromLines(lines.Split('|')).Select(region => $"{region.Name}={region.Source ?? region.Text}")));

    [Theory]
    [InlineData("// >>>|b")]
    [InlineData("b|// <<<")]
    [InlineData("// >>>|b|// >>>|c|// <<<")]
    public void Mark_without_its_other_mark_is_an_error(string lines) =>
        Assert.ThrowsAny<XunitException>(() => SnippetRegion.FromLines(lines.Split('|')).ToList());
}
