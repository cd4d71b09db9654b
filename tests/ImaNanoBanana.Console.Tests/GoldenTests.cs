using System.Text.RegularExpressions;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The exact texts that people read.</summary>
public sealed class GoldenTests : IDisposable
{
    private static readonly Regex Waited = new(@"(?<=seconds  |用时（秒）  |after |用时 |实际 )\d+(\.\d)?\b(?! -)");

    private readonly CliRun _ima = new();

    [Theory]
    [InlineData("help", 80, "--help")]
    [InlineData("help-120", 120, "--help")]
    [InlineData("help-generate", 80, "generate", "--help")]
    [InlineData("help-edit-zh", 80, "edit", "--help", "--language", "zh")]
    [InlineData("help-zh", 80, "--language", "zh", "--help")]
    [InlineData("models", 80, "models")]
    [InlineData("models-zh", 80, "models", "--task-type", "image_to_image", "--language", "zh")]
    [InlineData("quote", 80, "quote", "--model", "best 4K landscape", "--count", "2")]
    [InlineData("generate", 80, "generate", "a puppy", "--idempotency-key", "order-1")]
    [InlineData("generate-zh", 80, "generate", "a puppy", "--idempotency-key", "order-1", "--language", "zh", "--size", "8K")]
    [InlineData("narrate-zh", 80, "generate", "a puppy", "--narrate", "--idempotency-key", "order-1", "--language", "zh")]
    public async Task Texts_match_their_files(string name, int width, params string[] args)
    {
        _ima.Width = width;

        Assert.Equal(0, await _ima.RunAsync(args));

        GoldenFile.Matches(name, Sections());
    }

    [Theory]
    [InlineData("usage", 2, "", "generate", "--sizes", "4K")]
    [InlineData("usage-images", 2, "", "--prompt", "join", "--input-images", "https://example.com/1.jpg", "--sizes", "4K")]
    [InlineData("no-prompt", 2, "", "generate")]
    [InlineData("size", 2, "", "generate", "a puppy", "--size", "3K")]
    [InlineData("limit", 3, "", "generate", "a puppy", "--max-credits", "5")]
    [InlineData("credits", 3, """{"code":4008,"message":"Insufficient points"}""", "generate", "a puppy", "--idempotency-key", "order-1")]
    [InlineData("credits-zh", 3, """{"code":4008,"message":"Insufficient points"}""", "generate", "a puppy", "--idempotency-key", "order-1", "--language", "zh")]
    [InlineData("key", 4, """{"code":401,"message":"unauthorized"}""", "generate", "a puppy", "--idempotency-key", "order-1")]
    [InlineData("unknown", 6, """{"code":0}""", "generate", "a puppy", "--idempotency-key", "order-1")]
    [InlineData("unknown-json", 6, """{"code":0}""", "generate", "a puppy", "--idempotency-key", "order-1", "--json")]
    public async Task Failures_match_their_files(string name, int code, string answer, params string[] args)
    {
        if (answer.Length > 0)
        {
            _ima.Service.Script("create", new SimulatedFault { Status = 200, Body = answer });
        }

        Assert.Equal(code, await _ima.RunAsync(args));

        GoldenFile.Matches("failure-" + name, Sections());
    }

    public void Dispose() => _ima.Dispose();

    /// <summary>Both streams. The waited seconds depend on the jitter of the polls.</summary>
    private string Sections() =>
        Waited.Replace($"--- standard output\n{_ima.Out}--- standard error\n{_ima.Error}", "WAITED");
}
