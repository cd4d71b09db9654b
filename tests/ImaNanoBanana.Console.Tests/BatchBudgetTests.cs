using System.Text.Json;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The budget of a batch holds over all its runs, whatever keys its lines have. An image costs 6 credits.</summary>
public sealed class BatchBudgetTests : IDisposable
{
    private readonly CliRun _ima = new();

    [Theory]
    [InlineData("order-1", "order-2")]
    [InlineData("list-1", "list-2")]
    [InlineData("list-1", null)]
    [InlineData(null, "order-2")]
    [InlineData(null, null)]
    public async Task What_earlier_runs_have_spent_counts(string? first, string? second)
    {
        string[] lines = [Line("a cat", first), Line("a dog", second)];
        await File.WriteAllLinesAsync(Path.Combine(_ima.Folder, "list.jsonl"), lines, TestContext.Current.CancellationToken);

        for (var run = 0; run < 2; run++)
        {
            Assert.Equal(3, await _ima.RunAsync("batch", "list.jsonl", "--budget", "11", "--concurrency", "1"));
            Assert.Contains("\"kind\":\"BudgetExceeded\"", _ima.OutLines[1], StringComparison.Ordinal);
            Assert.Single(_ima.Service.Charges);
        }

        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl", "--budget", "12"));
        Assert.Equal(2, _ima.Service.Charges.Count);

        // A lower limit than what was spent: nothing more is charged, and what was charged is fetched.
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl", "--budget", "5"));
        Assert.Equal(2, _ima.Service.Charges.Count);
    }

    public void Dispose() => _ima.Dispose();

    private static string Line(string prompt, string? key) => JsonSerializer.Serialize(key is null
        ? new Dictionary<string, string> { ["prompt"] = prompt }
        : new Dictionary<string, string> { ["prompt"] = prompt, ["idempotency_key"] = key });
}
