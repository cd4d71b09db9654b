using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>The accessibility rules of axe-core.</summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(
        AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("/bin/", StringComparison.Ordinal)],
        "node_modules/axe-core/axe.min.js");

    private const string Run = "async () => JSON.stringify((await axe.run({ resultTypes: ['violations'] })).violations)";

    /// <summary>Fails with what the page violates, whatever its impact.</summary>
    public static async Task AssertNoViolationAsync(IPage page, string state)
    {
        Assert.True(
            File.Exists(Script), "axe-core is missing: install Node.js with npm, and run 'npm ci' in tests/ImaNanoBanana.Studio.Tests.");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
        {
            await page.EvaluateAsync(await File.ReadAllTextAsync(Script, TestContext.Current.CancellationToken));
        }

        var json = await page.EvaluateAsync<string>(Run);
        var violations =
            from violation in JsonSerializer.Deserialize<JsonArray>(json)!
            from node in violation!["nodes"]!.AsArray()
            select $"{state}: {violation["id"]} ({violation["impact"]}): {node!["html"]}: {node["failureSummary"]}";
        Findings.AssertNone(violations);
    }
}
