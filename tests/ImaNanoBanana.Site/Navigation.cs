using System.Text;

namespace ImaNanoBanana.Site;

/// <summary>Makes the tables of contents that docfx reads. They have the order of docs/index.md.</summary>
public static class Navigation
{
    /// <summary>The bar above every page: links to folders that have tables of contents of their own.</summary>
    public const string Bar = """
        - name: Documentation
          href: docs/
          homepage: docs/index.md
        - name: API
          href: api/
          homepage: api/index.md

        """;

    /// <summary>Makes the table of contents beside the pages, docs/toc.yml.</summary>
    /// <param name="sections">The tables of docs/index.md.</param>
    /// <param name="pages">All pages of the site.</param>
    /// <returns>The text of the file.</returns>
    public static string Contents(IReadOnlyList<IndexSection> sections, IReadOnlyList<SourcePage> pages)
    {
        var titles = pages.ToDictionary(page => page.Path, page => page.Title);
        var text = new StringBuilder();
        Append(text, "", "Start here", Staging.StagedPath(SourceTree.FrontPage));
        Append(text, "", "All pages", DocumentationIndex.Path);
        Append(text, "", "中文说明", SourceTree.ChinesePage);
        foreach (var section in sections)
        {
            // The first group is open on every page.
            AppendGroup(text, section.Heading, section == sections[0], section.Entries.Select(entry => (titles[entry.Path], entry.Path)));
        }

        var samples = pages.Where(page => SourceTree.IsSamplePage(page.Path));
        AppendGroup(text, "Samples", isOpen: false, samples.Select(page => (page.Title, page.Path)));
        return text.ToString();
    }

    private static void AppendGroup(StringBuilder text, string name, bool isOpen, IEnumerable<(string Title, string Path)> pages)
    {
        text.Append("- name: ").Append(Quoted(name)).Append(isOpen ? "\n  expanded: true" : "").Append("\n  items:\n");
        foreach (var (title, path) in pages)
        {
            Append(text, "  ", title, path);
        }
    }

    private static void Append(StringBuilder text, string indent, string name, string path)
    {
        var href = Path.GetRelativePath("/docs", "/" + path).Replace('\\', '/');
        text.Append(indent).Append("- name: ").Append(Quoted(name)).Append('\n');
        text.Append(indent).Append("  href: ").Append(Quoted(href)).Append('\n');
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
