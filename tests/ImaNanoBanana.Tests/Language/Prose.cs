using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ImaNanoBanana.Tests.Language;

/// <summary>One piece of English of the repository: a comment, a message in a string literal, or a line of a page.</summary>
/// <param name="File">The file, relative to the repository.</param>
/// <param name="Line">The number of its first line, from 1.</param>
/// <param name="Text">The words, without code.</param>
public sealed partial record Prose(string File, int Line, string Text)
{
    /// <summary>A shorter literal is a name or a format and not a sentence.</summary>
    private const int ShortestMessage = 12;

    private static readonly string[] Folders = ["src", "samples", "templates", "tests", "docs"];

    private static readonly string[] Generated = ["obj", "bin", "api", "node_modules"];

    private static IEnumerable<string> RootPages =>
        Directory.EnumerateFiles(RepositoryRoot.Path, "*.md").Append(Path.Combine(RepositoryRoot.Path, "llms.txt"));

    public int Words => Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    /// <returns>All the English of the repository.</returns>
    public static IEnumerable<Prose> ReadAll() =>
        from top in Folders.Select(folder => Path.Combine(RepositoryRoot.Path, folder))
        from file in Directory.EnumerateFiles(top, "*", SearchOption.AllDirectories)
            .Concat(top.EndsWith("docs", StringComparison.Ordinal) ? RootPages : [])
        where Path.GetFileName(file) != $"{nameof(PlainEnglishTests)}.cs"
        where !Path.GetRelativePath(RepositoryRoot.Path, file).Split(Path.DirectorySeparatorChar).Any(Generated.Contains)
        from prose in Read(Path.GetRelativePath(RepositoryRoot.Path, file), System.IO.File.ReadAllText, file)
        select prose;

    /// <returns>The English of a C# file.</returns>
    public static IEnumerable<Prose> OfCode(string file, string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, new CSharpParseOptions(LanguageVersion.Preview));
        var root = tree.GetRoot();
        var comments = root.DescendantTrivia().Where(IsComment)
            .SelectMany(trivia => Lines(trivia.ToFullString(), LineOf(trivia.GetLocation())));
        var messages = root.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken))
            .Where(token => token.ValueText.Length >= ShortestMessage)
            .Select(token => (Line: LineOf(token.GetLocation()), Text: token.ValueText));
        return comments.Concat(messages).Select(piece => new Prose(file, piece.Line, Tag().Replace(piece.Text, " x ")));
    }

    /// <returns>The English of a page, without its code.</returns>
    public static IEnumerable<Prose> OfPage(string file, string page)
    {
        var isCode = false;
        foreach (var (line, text) in Lines(page, 1))
        {
            var isFence = text.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!isCode && !isFence)
            {
                yield return new Prose(file, line, Target().Replace(InlineCode().Replace(text, "x"), "]"));
            }

            isCode ^= isFence;
        }
    }

    private static IEnumerable<Prose> Read(string name, Func<string, string> read, string file) => Path.GetExtension(name) switch
    {
        ".cs" => OfCode(name, read(file)),
        ".md" => OfPage(name, read(file)),
        _ => name == "llms.txt" ? OfPage(name, read(file)) : [],
    };

    private static bool IsComment(SyntaxTrivia trivia) =>
        trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia)
        || trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia);

    private static int LineOf(Location location) => location.GetLineSpan().StartLinePosition.Line + 1;

    private static IEnumerable<(int Line, string Text)> Lines(string text, int first) =>
        text.Split('\n').Select((line, index) => (first + index, line));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Target();
}
