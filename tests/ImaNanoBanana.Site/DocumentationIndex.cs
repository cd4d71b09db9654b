using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ImaNanoBanana.Site;

/// <summary>Reads docs/index.md, from which the navigation of the site and the lists of llms.txt are made.</summary>
public static class DocumentationIndex
{
    /// <summary>The page itself, relative to the repository.</summary>
    public const string Path = "docs/index.md";

    /// <summary>Reads the tables whose rows each link to a page and describe it.</summary>
    /// <param name="text">The text of docs/index.md.</param>
    /// <returns>The tables in the order of the page.</returns>
    public static IReadOnlyList<IndexSection> Read(string text)
    {
        var page = new SourcePage(Path, text);
        var sections = new List<IndexSection>();
        var heading = "";
        foreach (var block in page.Document)
        {
            if (block is HeadingBlock title)
            {
                heading = SourcePage.PlainText(title.Inline!);
            }
            else if (block is Table table)
            {
                sections.Add(new IndexSection(heading, [.. table.OfType<TableRow>().Skip(1).Select(row => Entry(page, row))]));
            }
        }

        return sections;
    }

    private static IndexEntry Entry(SourcePage page, TableRow row)
    {
        var url = row[0].Descendants<LinkInline>().First().Url!;
        var summary = row[1].Descendants<ParagraphBlock>().First().Span;
        return new IndexEntry(page.Resolve(url), page.Text[summary.Start..(summary.End + 1)].Trim());
    }
}
