using System.Xml.Linq;

namespace ImaNanoBanana.Site;

/// <summary>The files of the repository that the site is made from. Reads files; safe for use by several threads.</summary>
/// <param name="root">The folder of the repository.</param>
public sealed class SourceTree(string root)
{
    /// <summary>The first page of the site.</summary>
    public const string FrontPage = "README.md";

    /// <summary>The Chinese version of the first page.</summary>
    public const string ChinesePage = "docs/README.zh.md";

    /// <summary>The text for coding agents.</summary>
    public const string AgentPage = "llms.txt";

    /// <summary>Reads a page.</summary>
    /// <param name="path">Its path, relative to the repository.</param>
    /// <returns>The page.</returns>
    public SourcePage Page(string path) => new(path, Read(path));

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path, relative to the repository.</param>
    /// <returns>Its text, with line feeds.</returns>
    public string Read(string path) => File.ReadAllText(Full(path)).ReplaceLineEndings("\n");

    /// <summary>Finds a file.</summary>
    /// <param name="path">Its path, relative to the repository.</param>
    /// <returns>Its full path.</returns>
    public string Full(string path) => Path.Combine(root, path);

    /// <summary>Looks for a file.</summary>
    /// <param name="path">Its path, relative to the repository.</param>
    /// <returns>Whether it exists.</returns>
    public bool Contains(string path) => File.Exists(Full(path));

    /// <summary>Reads the order of the pages.</summary>
    /// <returns>The tables of docs/index.md.</returns>
    public IReadOnlyList<IndexSection> Index() => DocumentationIndex.Read(Read(DocumentationIndex.Path));

    /// <summary>Finds the pages of the site: those of docs/index.md, and the samples' pages that they link to.</summary>
    /// <returns>The pages in the order of the navigation.</returns>
    public IReadOnlyList<SourcePage> Pages()
    {
        string[] first = [FrontPage, DocumentationIndex.Path, ChinesePage];
        var pages = first.Concat(Index().SelectMany(section => section.Entries).Select(entry => entry.Path)).Select(Page).ToList();
        pages.AddRange(pages.SelectMany(page => page.Targets).Where(IsSamplePage).Distinct().ToList().Select(Page));
        return pages;
    }

    /// <summary>Reads the packages in src/ that have a public API.</summary>
    /// <returns>The packages, sorted by name.</returns>
    public IReadOnlyList<Package> Packages() =>
    [
        .. Directory.EnumerateFiles(Full("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => new Package(
                Path.GetFileNameWithoutExtension(file),
                XDocument.Load(file).Descendants("Description").FirstOrDefault()?.Value ?? ""))
            .Where(package => Contains(package.ApiText))
            .OrderBy(package => package.Name, StringComparer.Ordinal),
    ];

    /// <summary>Tells the pages of samples from those of docs/.</summary>
    /// <param name="path">A path, relative to the repository.</param>
    /// <returns>Whether it is a page of a sample.</returns>
    public static bool IsSamplePage(string path) =>
        path.StartsWith("samples/", StringComparison.Ordinal) && path.EndsWith(".md", StringComparison.Ordinal);
}
