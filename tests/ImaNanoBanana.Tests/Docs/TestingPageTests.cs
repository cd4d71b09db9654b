using System.Reflection;
using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Testing;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The table of docs/testing.md names every scenario and states what its test proves.</summary>
public class TestingPageTests
{
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, MarkdownPage.Cell>> Rows =
        MarkdownPage.Read("docs/testing.md").TableWith("scenario");

    [Fact]
    public void Every_scenario_is_listed_with_its_parameters() => Assert.Equal(
        typeof(SimulatorScenario).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(method => $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})")
                .Order(StringComparer.Ordinal),
        Rows.Select(row => row["scenario"].Text).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_scenario_ends_as_the_page_says_and_charges_as_it_says()
    {
        var cases = ScenarioCases.OfSubmissions().Concat(ScenarioCases.OfUploads()).Select(row => row.Data).ToList();

        Assert.All(Rows, row =>
        {
            var proved = cases.Where(
                scenario => row["scenario"].Text.StartsWith(scenario.Scenario + "(", StringComparison.Ordinal)).ToList();
            Assert.Equal(
                proved.Select(scenario => scenario.Outcome).OfType<Failed>().Select(failed => failed.Kind.ToString()).ToHashSet(),
                row["what the client does"].Codes.Intersect(Enum.GetNames<ImaErrorKind>()).ToHashSet());
            Assert.Equal(
                proved.Select(scenario => scenario.Charged > 0 ? "yes" : "no").ToHashSet(),
                row["charged"].Text.Split(' ', ':', ';').Intersect(["yes", "no"]).ToHashSet());
        });
    }
}
