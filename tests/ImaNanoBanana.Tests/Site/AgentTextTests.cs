using System.Text.RegularExpressions;
using ImaNanoBanana.Site;

namespace ImaNanoBanana.Tests.Site;

/// <summary>llms.txt lists the pages of docs/index.md with their summaries.</summary>
public sealed partial class AgentTextTests
{
    private static readonly SourceTree Tree = new(RepositoryRoot.Path);

    [Fact]
    public void Lists_are_those_of_the_index()
    {
        Assert.True(
            new Staging(Tree).AgentPage() == Tree.Read(SourceTree.AgentPage),
            "llms.txt differs from docs/index.md. Update it: dotnet run --project tests/ImaNanoBanana.Site -- llms .");
    }

    /// <summary>The format: a title, a quoted summary, text without headings, and then only lists of links under headings.</summary>
    [Fact]
    public void Text_has_the_format_that_programs_expect()
    {
        var lines = Tree.Read(SourceTree.AgentPage).Split('\n');
        var lists = lines.SkipWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).ToList();

        Assert.StartsWith("# ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("> ", lines[2], StringComparison.Ordinal);
        Assert.Single(lines.Take(lines.Length - lists.Count), line => line.StartsWith('#'));
        Assert.All(lists, line => Assert.Matches(ListLine(), line));
    }

    [Fact]
    public void Text_before_the_lists_is_kept_and_decisions_may_be_skipped()
    {
        IndexSection[] sections =
        [
            new("Tasks", [new IndexEntry("docs/a.md", "how to `a`")]),
            new("Decisions", [new IndexEntry("docs/decisions/0001-b.md", "why b")]),
        ];
        var titles = new Dictionary<string, string> { ["docs/a.md"] = "A", ["docs/decisions/0001-b.md"] = "B" };

        var text = AgentText.Compose("# T\n\nrule\n\n## Old\n\n- [x](x): x\n", sections, titles, [new Package("P", "Does p.")]);

        Assert.Equal(
            "# T\n\nrule\n\n## Tasks\n\n- [A](docs/a.md): how to `a`\n\n## Public API\n\n- [P](docs/api/P.txt): Does p\n"
                + "\n## Optional\n\n- [B](docs/decisions/0001-b.md): why b\n",
            text);
    }

    [GeneratedRegex(@"^(|## .+|- \[[^\]]+\]\([^)]+\): .+)$")]
    private static partial Regex ListLine();
}
