using System.Text.RegularExpressions;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>docs/guarantees.md names tests that exist, and tests/prove-guarantees.sh breaks something for each.</summary>
public partial class GuaranteesTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "guarantees.md"));

    [Fact]
    public void Each_guarantee_has_a_test_that_is_proved()
    {
        var script = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "tests", "prove-guarantees.sh"));

        var stated = Row().Matches(Page).Select(row => (row.Groups[1].Value, row.Groups[2].Value)).ToList();
        var proved = Proof().Matches(script).Select(proof => (proof.Groups[1].Value, proof.Groups[2].Value)).ToList();

        Assert.Equal(["G1", "G2", "G3", "G4", "G5", "G6", "G7"], stated.Select(row => row.Item1));
        Assert.Equal(stated, proved);
    }

    [Fact]
    public void Each_named_test_exists()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), File.ReadAllText);

        foreach (Match named in Named().Matches(Page))
        {
            var source = Assert.Contains(named.Groups[1].Value, sources);
            Assert.Contains(named.Groups[2].Value is { Length: > 0 } method ? $" {method}(" : "[", source, StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"^\| (G\d) \|.*`([\w.]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^prove (G\d) \S+ ([\w.]+) ", RegexOptions.Multiline)]
    private static partial Regex Proof();

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex Named();
}
