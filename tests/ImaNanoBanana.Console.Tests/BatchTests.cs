using System.Text.Json;

namespace ImaNanoBanana.Console.Tests;

public sealed class BatchTests : IDisposable
{
    private const string Three = """
        {"prompt":"a cat"}
        {"prompt":"a dog","size":"2K","output":"dog"}

        {"prompt":"a bird","model":"pro","count":2}
        """;

    private readonly CliRun _ima = new();

    [Fact]
    public async Task Each_line_has_its_outcome_and_running_again_buys_nothing()
    {
        await WriteAsync(Three);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl", "-o", "out", "--concurrency", "1"));

        Assert.Equal([(1, 6m), (2, 10m), (3, 20m)], _ima.OutLines.Select(Numbered));
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "out", "dog.png")));
        Assert.Equal(4, Directory.GetFiles(Path.Combine(_ima.Folder, "out")).Length);
        Assert.Equal(36, _ima.Service.Charges.Sum(charge => charge.Credits));

        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl", "-o", "out"));
        Assert.Equal(3, _ima.Service.Charges.Count);
    }

    [Fact]
    public async Task A_line_that_is_added_is_all_that_is_bought()
    {
        await WriteAsync("""{"prompt":"a cat"}""");
        await _ima.RunAsync("batch", "list.jsonl");

        await WriteAsync("""
            {"prompt":"a dog"}
            {"prompt":"a cat"}
            {"prompt":"a cat"}
            """);
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));

        Assert.Equal(["a cat", "a cat", "a dog"], _ima.Service.Charges.Select(charge => charge.Prompt).Order());
    }

    [Fact]
    public async Task After_an_interruption_it_goes_on()
    {
        await WriteAsync(Three);
        using var interrupt = new CancellationTokenSource();
        await interrupt.CancelAsync();
        Assert.Equal(130, await _ima.RunAsync(interrupt.Token, "batch", "list.jsonl"));
        Assert.Empty(_ima.Service.Charges);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.Equal(3, _ima.Service.Charges.Count);
    }

    [Fact]
    public async Task A_budget_ends_the_ordering()
    {
        await WriteAsync(Three);

        Assert.Equal(3, await _ima.RunAsync("batch", "list.jsonl", "--budget", "16", "--concurrency", "1"));

        Assert.Equal(16, _ima.Service.Charges.Sum(charge => charge.Credits));
        Assert.Contains("\"kind\":\"BudgetExceeded\"", _ima.OutLines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("""{"prompt":"a cat","sizes":"4K"}""")]
    [InlineData("""{"prompt":"a cat","operation_key":"same"}""")]
    [InlineData("""{"prompt":"a cat","model":"no such words"}""")]
    public async Task A_broken_line_stops_all_before_anything_is_ordered(string line)
    {
        await WriteAsync("{\"prompt\":\"a dog\",\"operation_key\":\"same\"}\n" + line);

        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl"));

        Assert.Contains("Line 2 cannot be used", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task Lines_come_from_standard_input_too()
    {
        _ima.Input = """{"prompt":"一只猫"}""";

        Assert.Equal(0, await _ima.RunAsync("batch", "-"));

        Assert.Equal("一只猫", Assert.Single(_ima.Service.Charges).Prompt);
    }

    public void Dispose() => _ima.Dispose();

    private static (int Number, decimal Credit) Numbered(string line)
    {
        var outcome = JsonDocument.Parse(line).RootElement;
        return (outcome.GetProperty("number").GetInt32(), outcome.GetProperty("result").GetProperty("credit").GetDecimal());
    }

    private Task WriteAsync(string text) =>
        File.WriteAllTextAsync(Path.Combine(_ima.Folder, "list.jsonl"), text, TestContext.Current.CancellationToken);
}
