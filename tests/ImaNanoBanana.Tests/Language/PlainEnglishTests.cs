using System.Globalization;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Language;

/// <summary>Comments, messages and pages use the terms of the glossary, and none of the phrases of word-list.txt.</summary>
public sealed partial class PlainEnglishTests
{
    /// <summary>Well-kept libraries have 0 to 3.</summary>
    private const double MostIn10000Words = 5;

    private static readonly Lazy<IReadOnlyList<(Regex Phrase, string Instead)>> WordList = new(() =>
    [
        .. File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "tests", "ImaNanoBanana.Tests", "Language", "word-list.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(" -> "))
            .Select(parts => (new Regex(parts[0], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant), parts[1])),
    ]);

    [Fact]
    public void Banned_phrases_are_rare()
    {
        var prose = Prose.ReadAll().ToList();
        var words = prose.Sum(piece => piece.Words);
        var hits = prose.SelectMany(Hits).ToList();

        var rate = hits.Count * 10_000.0 / words;
        TestContext.Current.SendDiagnosticMessage("{0} banned phrases in {1} words", hits.Count, words);
        Assert.True(
            rate < MostIn10000Words,
            string.Create(
                CultureInfo.InvariantCulture, $"{hits.Count} banned phrases in {words} words:\n{string.Join('\n', hits)}"));
    }

    /// <summary>A comment states the rule itself. Only the guarantees have numbers that the pages explain.</summary>
    [Fact]
    public void No_comment_refers_to_a_numbered_list() =>
        Assert.DoesNotContain(
            Prose.ReadAll(), piece => piece.File.EndsWith(".cs", StringComparison.Ordinal) && Number().IsMatch(piece.Text));

    [Theory]
    [InlineData("/// <summary>Told the bytes; null for nobody.</summary>\nclass A;", 2)]
    [InlineData("class A { string B = \"The order was sent, and nobody can tell.\"; }", 3)]
    [InlineData("class A { string B(int c) => $\"Nothing was ordered for {c}.\"; }", 1)]
    [InlineData("// Sorted in the order of arrival, in order to keep them.\nclass Order { string C = \"ordered\"; }", 0)]
    public void Phrases_are_found_in_comments_and_messages(string code, int count) =>
        Assert.Equal(count, Prose.OfCode("A.cs", code).SelectMany(Hits).Count());

    [Theory]
    [InlineData("What was bought is handed over.", 3)]
    [InlineData("Call `orders.Purchase()`.\n```sh\nbuy an order\n```", 0)]
    [InlineData("[resume](resume.md#one-key-one-submission)", 0)]
    public void Phrases_are_found_in_pages(string page, int count) =>
        Assert.Equal(count, Prose.OfPage("a.md", page).SelectMany(Hits).Count());

    private static IEnumerable<string> Hits(Prose prose) =>
        from entry in WordList.Value
        from Match match in entry.Phrase.Matches(prose.Text)
        select $"{prose.File}:{prose.Line}: '{match.Value}' (write: {entry.Instead}) in: {prose.Text.Trim()}";

    [GeneratedRegex(@"\b(?!G[1-7]\b)[A-Z][0-9]{1,2}\.(\s|<|$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
