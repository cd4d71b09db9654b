using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>docs/guarantees.md names tests that exist, and tests/prove-guarantees.sh breaks a line for each.</summary>
public partial class GuaranteesTests
{
    private static readonly MarkdownPage Page = MarkdownPage.Read("docs/guarantees.md");

    [Fact]
    public void Each_guarantee_has_a_test_that_fails_when_it_is_broken()
    {
        var script = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "prove-guarantees.sh"));

        var stated = Page.TableWith("guarantee").Select(row => (row[""].Text, row["proving test"].Text)).ToList();
        var proved = Proof().Matches(script).Select(proof => (proof.Groups[1].Value, proof.Groups[2].Value)).ToList();

        Assert.Equal(["G1", "G2", "G3", "G4", "G5", "G6", "G7"], stated.Select(row => row.Item1));
        Assert.Equal(stated, proved);
    }

    [Fact]
    public void Each_named_test_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);

        foreach (
            var named in Page.InlineCodes.Select(code => code.Split('.')).Where(
                named => named[0].EndsWith("Tests", StringComparison.Ordinal)))
        {
            var source = Assert.Contains(named[0], sources);
            Assert.Contains(named is [_, var method] ? $" {method}(" : "[", source, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^prove (G\d) \S+ ([\w.]+) ", RegexOptions.Multiline)]
    private static partial Regex Proof();
}
