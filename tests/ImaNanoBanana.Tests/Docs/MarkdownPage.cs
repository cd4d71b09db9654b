using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>A page of the documentation, named by its path from the root of the repository with forward slashes.</summary>
internal sealed class MarkdownPage
{
    private static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    private readonly MarkdownDocument _document;

    private MarkdownPage(string path, string text)
    {
        Path = path;
        _document = Markdown.Parse(text.ReplaceLineEndings("\n"), Pipeline);
    }

    /// <summary>Every page for readers and agents, the README first.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Path, "*.md")
            .Append(System.IO.Path.Combine(RepositoryRoot.Path, "llms.txt")).Order(StringComparer.Ordinal)
            .Concat(Directory.EnumerateFiles(
                System.IO.Path.Combine(RepositoryRoot.Path, "docs"),
                "*.md",
                SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Select(file => Read(System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/')))
            .OrderBy(page => page.Path == "README.md" ? 0 : 1),
    ];

    /// <summary>The page of each package, as shown outside the repository.</summary>
    public static IReadOnlyList<MarkdownPage> OfPackages { get; } =
    [
        .. Directory.EnumerateDirectories(System.IO.Path.Combine(RepositoryRoot.Path, "src")).Order(StringComparer.Ordinal)
            .Where(folder => File.Exists(System.IO.Path.Combine(folder, "README.md")))
            .Select(folder => $"src/{System.IO.Path.GetFileName(folder)}/README.md").Select(Read),
    ];

    public string Path { get; }

    public IEnumerable<CodeBlock> Blocks =>
        _document.Descendants<FencedCodeBlock>().Select(
            block => new CodeBlock(block.Info ?? "", block.Lines.ToString(), block.ClosingFencedCharCount > 0));

    /// <summary>The inline code outside the blocks.</summary>
    public IEnumerable<string> InlineCodes => _document.Descendants<CodeInline>().Select(code => code.Content);

    /// <summary>The URLs that the page links to and those it shows as plain text; not those in code.</summary>
    public IEnumerable<string> Links => _document.Descendants<LinkInline>().Select(link => link.Url ?? "")
        .Concat(_document.Descendants<AutolinkInline>().Select(link => link.Url));

    /// <summary>The anchors of the headings, as GitHub creates them.</summary>
    public IEnumerable<string> Anchors => _document.Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id ?? "");

    /// <summary>The rows of all tables without their headers, each with its cells by column name.</summary>
    public IEnumerable<IReadOnlyDictionary<string, Cell>> Rows => _document.Descendants<Table>().SelectMany(RowsOf);

    public static MarkdownPage Read(string path) => Parse(path, File.ReadAllText(System.IO.Path.Combine(RepositoryRoot.Path, path)));

    public static MarkdownPage Parse(string path, string text) => new(path, text);

    /// <summary>The rows of the table that has a column with this name.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, Cell>> TableWith(string column) => [.. Rows.Where(row => row.ContainsKey(column))];

    /// <summary>The rows of the first table under a heading.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, Cell>> TableUnder(string heading) =>
    [
        .. RowsOf(_document.SkipWhile(block => block is not HeadingBlock title || Text(title.Inline!) != heading).OfType<Table>().First()),
    ];

    public override string ToString() => Path;

    private static IEnumerable<IReadOnlyDictionary<string, Cell>> RowsOf(Table table)
    {
        var rows = table.OfType<TableRow>().Select(row => row.OfType<TableCell>().Select(ToCell).ToList()).ToList();
        return rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First.Text, pair => pair.Second));
    }

    private static Cell ToCell(TableCell cell) =>
        new(
            string.Concat(cell.Descendants<LeafBlock>().Select(block => Text(block.Inline!))),
            [.. cell.Descendants<CodeInline>().Select(code => code.Content)]);

    private static string Text(Inline inline) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        ContainerInline container => string.Concat(container.Select(Text)),
        _ => "",
    };

    public sealed record CodeBlock(string Language, string Text, bool IsEnded);

    /// <param name="Text">The text that a reader sees.</param>
    /// <param name="Codes">The parts of it that are code.</param>
    public sealed record Cell(string Text, IReadOnlyList<string> Codes)
    {
        public override string ToString() => Text;
    }
}
