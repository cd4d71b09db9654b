using System.Text;

namespace ImaNanoBanana.Site;

/// <summary>Makes llms.txt, in the format of llmstxt.org, and llms-full.txt.</summary>
public static class AgentText
{
    private const string ListsStart = "\n## ";

    /// <summary>Programs that need a short text may skip the pages under this heading: the format defines it so.</summary>
    private const string MayBeSkipped = "Optional";

    private const string SkippedSection = "Decisions";

    /// <summary>Replaces the lists of pages. The text before the first of them, with the rules, is written by hand and kept.</summary>
    /// <param name="current">The present text of llms.txt.</param>
    /// <param name="sections">The tables of docs/index.md.</param>
    /// <param name="titles">The title of each page by its path.</param>
    /// <param name="packages">The packages.</param>
    /// <returns>The new text of llms.txt.</returns>
    public static string Compose(
        string current, IReadOnlyList<IndexSection> sections, IReadOnlyDictionary<string, string> titles, IReadOnlyList<Package> packages)
    {
        var end = current.IndexOf(ListsStart, StringComparison.Ordinal);
        var text = new StringBuilder(end < 0 ? current : current[..end]);
        foreach (var section in sections.Where(section => section.Heading != SkippedSection))
        {
            Append(text, section.Heading, section.Entries.Select(entry => Line(titles[entry.Path], entry.Path, entry.Summary)));
        }

        Append(text, "Public API", packages.Select(package => Line(package.Name, package.ApiText, package.Description.TrimEnd('.'))));
        Append(text, MayBeSkipped, sections.Where(section => section.Heading == SkippedSection).SelectMany(section => section.Entries)
            .Select(entry => Line(titles[entry.Path], entry.Path, entry.Summary)));
        return text.ToString();
    }

    /// <summary>Joins the files that llms.txt lists into one text.</summary>
    /// <param name="files">The path and text of each file, in order.</param>
    /// <returns>The text of llms-full.txt.</returns>
    public static string Join(IEnumerable<(string Path, string Text)> files) =>
        string.Join("\n", files.Select(file => $"<file path=\"{file.Path}\">\n{file.Text.Trim('\n')}\n</file>\n"));

    private static void Append(StringBuilder text, string heading, IEnumerable<string> lines) =>
        text.Append(ListsStart).Append(heading).Append("\n\n").AppendJoin("", lines);

    private static string Line(string title, string path, string summary) => $"- [{title}]({path}): {summary}\n";
}
