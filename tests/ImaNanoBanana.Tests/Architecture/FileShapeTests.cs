using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ImaNanoBanana.Tests.Architecture;

/// <summary>Limits for what a reader can take in at once. The formatter enforces neither.</summary>
public sealed class FileShapeTests
{
    private const int LongestLine = 140;
    private const int LongestFile = 300;

    /// <summary>Text in another language, such as JSON in a raw literal, is one value, however long it is.</summary>
    [Fact]
    public void No_line_of_code_is_longer_than_140_characters() => Assert.Empty(
        from file in SourceFiles()
        where File.ReadLines(file).Any(line => line.Length > LongestLine)
        from line in LongLinesOfCode(file)
        select $"{file}:{line}");

    [Fact]
    public void No_file_is_longer_than_300_lines() => Assert.DoesNotContain(
        SourceFiles(), file => File.ReadLines(file).Count() > LongestFile);

    private static IEnumerable<string> SourceFiles() =>
        from top in new[] { "src", "tests", "samples", "templates" }
        from file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, top), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        select file;

    private static IEnumerable<int> LongLinesOfCode(string file)
    {
        var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(file), new CSharpParseOptions(LanguageVersion.Preview));
        var text = tree.GetText();
        var data = tree.GetRoot().DescendantNodes().Where(IsRawText).SelectMany(node => LinesOf(text.Lines.GetLinePositionSpan(node.Span)));
        var tooLong = text.Lines.Where(line => line.Span.Length > LongestLine).Select(line => line.LineNumber);
        return tooLong.Except(data).Select(line => line + 1);
    }

    private static bool IsRawText(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal => literal.Token.Text.Contains("\"\"\"", StringComparison.Ordinal),
        InterpolatedStringExpressionSyntax text => text.StringStartToken.Text.Contains("\"\"\"", StringComparison.Ordinal),
        _ => false,
    };

    private static IEnumerable<int> LinesOf(LinePositionSpan span) =>
        Enumerable.Range(span.Start.Line, span.End.Line - span.Start.Line + 1);
}
