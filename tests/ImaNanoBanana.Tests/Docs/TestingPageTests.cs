using System.Reflection;
using System.Text.RegularExpressions;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Testing;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The table of docs/testing.md names every scenario, and says of each what its test proves.</summary>
public partial class TestingPageTests
{
    private static readonly List<string[]> Rows =
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Path, "docs", "testing.md"))
            .SkipWhile(line => !line.StartsWith("| scenario |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void Every_scenario_is_listed_with_its_parameters() => Assert.Equal(
        typeof(SimulatorScenario).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => $"`{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})`").Order(StringComparer.Ordinal),
        Rows.Select(cells => cells[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_scenario_ends_as_the_page_says_and_charges_as_it_says()
    {
        var proved = SimulatorScenarioTests.Scenarios().Concat(SimulatorScenarioTests.UploadScenarios())
            .Select(row => row.Data).ToLookup(data => data.Item1.Split(' ')[0], data => (Kind: data.Item3.Split(' ')[0], Charged: data.Item5 > 0 ? "yes" : "no"));

        Assert.All(Rows, cells =>
        {
            var outcomes = proved[Name().Match(cells[0]).Value].ToList();
            Assert.Equal(Distinct(outcomes.Select(outcome => outcome.Kind).Where(kind => Enum.IsDefined(typeof(ImaErrorKind), kind))), Distinct(Kinds(cells[2])));
            Assert.Equal(Distinct(outcomes.Select(outcome => outcome.Charged)), Distinct(YesOrNo().Matches(cells[3]).Select(match => match.Value)));
        });
    }

    private static IEnumerable<string> Kinds(string cell) =>
        Name().Matches(cell).Select(match => match.Value).Where(word => cell.Contains($"`{word}`", StringComparison.Ordinal) && Enum.IsDefined(typeof(ImaErrorKind), word));

    private static IEnumerable<string> Distinct(IEnumerable<string> words) => words.Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex("[A-Z][A-Za-z]+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(yes|no)\b")]
    private static partial Regex YesOrNo();
}
