using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>A page of the documentation, named by its path from the root of the repository with forward slashes.</summary>
internal sealed partial class MarkdownPage
{
    private const string Fence = "```";

    private readonly List<string> _prose = [];

    private MarkdownPage(string path, IEnumerable<string> lines)
    {
        Path = path;
        List<string>? block = null;
        foreach (var line in lines)
        {
            var isFence = line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
            if (isFence && block is null)
            {
                block = [];
                Languages.Add(line.Trim()[Fence.Length..]);
            }
            else if (isFence)
            {
                Blocks.Add((Languages[^1], Unindented(block!)));
                block = null;
            }
            else
            {
                (block ?? _prose).Add(line);
            }
        }
    }

    /// <summary>Every page that a reader may come to, the README first.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Path, "*.md").Order(StringComparer.Ordinal)
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(RepositoryRoot.Path, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            .Select(file => new MarkdownPage(System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'), File.ReadLines(file)))
            .OrderBy(page => page.Path == "README.md" ? 0 : 1),
    ];

    /// <summary>What each package shows on its page, away from the repository.</summary>
    public static IReadOnlyList<MarkdownPage> OfPackages { get; } =
    [
        .. Directory.EnumerateDirectories(System.IO.Path.Combine(RepositoryRoot.Path, "src")).Order(StringComparer.Ordinal)
            .Select(folder => System.IO.Path.Combine(folder, "README.md")).Where(File.Exists)
            .Select(file => new MarkdownPage(System.IO.Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'), File.ReadLines(file))),
    ];

    public string Path { get; }

    /// <summary>The fenced blocks: what each says it is, and its text.</summary>
    public List<(string Language, string Text)> Blocks { get; } = [];

    /// <summary>What the fences say, those of blocks that never end among them.</summary>
    public List<string> Languages { get; } = [];

    /// <summary>What stands between backticks outside of the blocks, on one line each.</summary>
    public IEnumerable<string> InlineCodes => _prose.SelectMany(line => InlineCode().Matches(line)).Select(code => code.Value.Trim('`'));

    /// <summary>The addresses that the page links to, and those that it shows bare; not those in code.</summary>
    public IEnumerable<string> Links =>
        from line in _prose
        let prose = InlineCode().Replace(line, "`")
        from Match link in Link().Matches(prose)
        select link.Groups["target"].Success ? link.Groups["target"].Value : link.Groups["bare"].Value.TrimEnd('.', ',', ';');

    /// <summary>The anchors of the headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors
    {
        get
        {
            var uses = new Dictionary<string, int>();
            foreach (var line in _prose)
            {
                if (Heading().Match(line) is { Success: true } heading)
                {
                    var slug = Slug(heading.Groups[1].Value);
                    uses[slug] = uses.TryGetValue(slug, out var before) ? before + 1 : 0;
                    yield return uses[slug] == 0 ? slug : $"{slug}-{uses[slug]}";
                }
            }
        }
    }

    public static MarkdownPage Parse(string path, string text) => new(path, text.Split('\n'));

    public override string ToString() => Path;

    /// <summary>Letters and digits of any script in lower case, hyphens and underscores; a hyphen for each space.</summary>
    private static string Slug(string heading)
    {
        var text = LinkText().Replace(heading, "$1").Trim();
        return string.Concat(NoSlug().Replace(text, "").Replace(' ', '-').Select(char.ToLowerInvariant));
    }

    private static string Unindented(List<string> lines)
    {
        var indent = lines.Where(text => text.Length > 0).Select(text => text.Length - text.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select(text => text.Length == 0 ? text : text[indent..]));
    }

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\((?<target>[^()\s]+)\)|(?<bare>https?://[^\s<>()|]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} +(.+?)(?: +#+)?$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    [GeneratedRegex(@"[^\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc} -]")]
    private static partial Regex NoSlug();
}
