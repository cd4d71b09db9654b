using ImaNanoBanana.Tests.Docs;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>Reads the tables of docs/reliability.md, which contain the expected values, written by hand.</summary>
internal static class MarkdownTable
{
    private static readonly MarkdownPage Page = MarkdownPage.Read("docs/reliability.md");

    /// <summary>The rows of the table under a heading, each as column name to cell.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string heading) =>
        [.. Page.TableUnder(heading.TrimStart('#', ' ')).Select(row => row.ToDictionary(cell => cell.Key, cell => cell.Value.Text))];
}
