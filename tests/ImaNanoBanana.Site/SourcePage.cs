using System.Text;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ImaNanoBanana.Site;

/// <summary>A Markdown file of the repository.</summary>
public sealed class SourcePage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UsePreciseSourceLocation().Build();

    /// <param name="path">The file, relative to the repository, with forward slashes.</param>
    /// <param name="text">Its content.</param>
    public SourcePage(string path, string text)
    {
        Path = path;
        Text = text.ReplaceLineEndings("\n");
        Document = Markdown.Parse(Text, Pipeline);
    }

    /// <summary>The file, relative to the repository, with forward slashes.</summary>
    public string Path { get; }

    /// <summary>Its content, with line feeds.</summary>
    public string Text { get; }

    /// <summary>The text of the first heading, without markup; the path if the page has none.</summary>
    public string Title => Document.OfType<HeadingBlock>().FirstOrDefault() is { Inline: { } title } ? PlainText(title) : Path;

    /// <summary>The files of the repository that the page links to or shows, in order. Links within the page are left out.</summary>
    public IEnumerable<string> Targets => LocalLinks.Where(link => FileOf(link.Url!).Length > 0).Select(link => Resolve(link.Url!));

    internal MarkdownDocument Document { get; }

    private IEnumerable<LinkInline> LocalLinks =>
        Document.Descendants<LinkInline>().Where(link => link.Url is { } url && !url.Contains("://", StringComparison.Ordinal));

    /// <summary>Replaces the targets of links.</summary>
    /// <param name="renamed">The new path for the path of a file, both relative to the repository; the same path to keep the link.</param>
    /// <returns>The text of the page with the new links.</returns>
    public string WithLinks(Func<string, string> renamed)
    {
        var text = new StringBuilder(Text);
        foreach (var link in LocalLinks.OrderByDescending(link => link.UrlSpan.Start))
        {
            var file = FileOf(link.Url!);
            var target = file.Length == 0 ? Path : Resolve(file);
            if (file.Length > 0 && renamed(target) is { } other && other != target)
            {
                var url = System.IO.Path.GetRelativePath(FolderOf("/" + renamed(Path)), "/" + other).Replace('\\', '/');
                text.Remove(link.UrlSpan.Start, link.UrlSpan.Length).Insert(link.UrlSpan.Start, url + link.Url![file.Length..]);
            }
        }

        return text.ToString();
    }

    /// <summary>Finds the file that a link of this page leads to.</summary>
    /// <param name="link">The link.</param>
    /// <returns>The file, relative to the repository.</returns>
    public string Resolve(string link) => System.IO.Path.GetRelativePath(
        "/", System.IO.Path.GetFullPath(Uri.UnescapeDataString(FileOf(link)), FolderOf("/" + Path))).Replace('\\', '/');

    internal static string PlainText(ContainerInline inlines) => string.Concat(inlines.Descendants().Select(inline => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        _ => "",
    }));

    private static string FolderOf(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static string FileOf(string url) => url.Split('#')[0];
}
