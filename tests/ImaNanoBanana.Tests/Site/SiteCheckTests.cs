using ImaNanoBanana.Site;

namespace ImaNanoBanana.Tests.Site;

/// <summary>What the check of a built site accepts and reports.</summary>
public sealed class SiteCheckTests
{
    [Theory]
    [InlineData("""<a href="docs/b.html">b</a>""")]
    [InlineData("""<a href='docs/b.html#one'>b</a>""")]
    [InlineData("""<a href="docs/b.html#%E4%B8%80">b</a>""")]
    [InlineData("""<a href="docs/b.html#M(T%2CU)">b</a>""")]
    [InlineData("""<a href="./docs/../a.html#here">b</a><h2 id="here">a</h2>""")]
    [InlineData("""<a href="#">b</a><a href="docs/">c</a>""")]
    [InlineData("""<a href="https://example.com/?a=1&amp;b=2">elsewhere</a>""")]
    [InlineData("""<img alt="1 > 0" src="icon.png"><link rel="icon" href="icon.png?v=2">""")]
    [InlineData("""<img src="data:image/png;base64,AAAA">""")]
    [InlineData("""<!-- <a href="nowhere.html"> --><script>const a = '<a href="nowhere.html">'</script>""")]
    [InlineData("""<code>&lt;a href="nowhere.html"&gt;</code>""")]
    [InlineData("""<meta name="docfx:navrel" content="docs/index.html">""")]
    public void Good_addresses_are_accepted(string html) => Assert.Empty(Problems(html));

    [Theory]
    [InlineData("""<a href="nowhere.html">b</a>""", "nowhere.html leads to no file")]
    [InlineData("""<a class="x" href="docs/B.html">b</a>""", "docs/B.html leads to no file")]
    [InlineData("""<a href="docs/b.html#two">b</a>""", "docs/b.html#two leads to no anchor")]
    [InlineData("""<a href="#Here">b</a><h2 id="here">a</h2>""", "#Here leads to no anchor")]
    [InlineData("""<a href="icon.png#one">b</a>""", "icon.png#one leads to no anchor")]
    [InlineData("""<a href="/docs/b.html">b</a>""", "/docs/b.html works only if the site is at the root of its host")]
    [InlineData("""<a href="http://example.com/">b</a>""", "http://example.com/ is not an https address")]
    [InlineData("""<a href="javascript:alert(1)">b</a>""", "javascript:alert(1) is not an https address")]
    [InlineData("""<a href="file:///a.html">b</a>""", "file:///a.html is not an https address")]
    [InlineData("""<img src="nowhere.png"/>""", "nowhere.png leads to no file")]
    [InlineData("""<IMG SRC=nowhere.png>""", "nowhere.png leads to no file")]
    [InlineData("""<script src="https://example.com/a.js"></script>""", "https://example.com/a.js is loaded from elsewhere")]
    [InlineData("""<link href="//example.com/a.css">""", "//example.com/a.css is loaded from elsewhere")]
    [InlineData("""<iframe src="https://example.com/"></iframe>""", "https://example.com/ is loaded from elsewhere")]
    [InlineData("""<img src="icon.png" srcset="two.png 2x">""", "two.png leads to no file")]
    [InlineData("""<meta name="docfx:tocrel" content="nowhere.html">""", "nowhere.html leads to no file")]
    [InlineData("""<style>a { background: url(two.png) }</style>""", "two.png leads to no file")]
    [InlineData("""<p style="background: url('https://example.com/a.png')"></p>""", "https://example.com/a.png is loaded from elsewhere")]
    public void Bad_addresses_are_reported(string html, string problem) => Assert.Equal(["a.html: " + problem], Problems(html));

    [Theory]
    [InlineData("@import 'https://example.com/a.css';", "docs/a.css: https://example.com/a.css is loaded from elsewhere")]
    [InlineData("a { src: url( \"c.woff\" ) }", "docs/a.css: c.woff leads to no file")]
    [InlineData("a { src: url(../icon.png) } b { src: url(data:image/png;base64,AA) }", null)]
    public void Addresses_in_styles_are_checked(string css, string? problem)
    {
        var styles = new Dictionary<string, IReadOnlyList<string>> { ["docs/a.css"] = HtmlPage.LoadsOfStyles(css) };

        Assert.Equal(
            problem is null ? [] : [problem],
            SiteCheck.Create(new Dictionary<string, HtmlPage>(), styles, new HashSet<string> { "icon.png" }).Problems);
    }

    [Fact]
    public void Every_address_is_counted()
    {
        var page = HtmlPage.Parse("""<a href="#">a</a><a href="#">b</a><img src="nowhere.png">""");
        var pages = new Dictionary<string, HtmlPage> { ["a.html"] = page };

        var check = SiteCheck.Create(pages, new Dictionary<string, IReadOnlyList<string>>(), new HashSet<string> { "a.html" });

        Assert.Equal((3, 1), (check.Checked, check.Problems.Count));
    }

    private static IReadOnlyList<string> Problems(string html)
    {
        var pages = new Dictionary<string, HtmlPage>
        {
            ["a.html"] = HtmlPage.Parse(html),
            ["docs/b.html"] = HtmlPage.Parse("""<h2 id="one">1</h2><h2 id="一">1</h2><a name="M(T,U)"></a>"""),
            ["docs/index.html"] = HtmlPage.Parse(""),
        };
        return SiteCheck.Create(
            pages, new Dictionary<string, IReadOnlyList<string>>(), new HashSet<string>(pages.Keys) { "icon.png" }).Problems;
    }
}
