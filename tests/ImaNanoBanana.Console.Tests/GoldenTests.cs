using System.Text.RegularExpressions;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The exact texts that scripts and other programs read, and the messages for chat users, which are fixed.</summary>
public sealed class GoldenTests : IDisposable
{
    private static readonly Regex Waited = new(@"(?<=seconds  |用时（秒）  |after |用时 |实际 )\d+(\.\d)?\b(?! -)");

    private readonly CliRun _ima = new();

    [Theory]
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

    [Fact]
    public async Task The_json_of_a_failure_matches_its_file()
    {
        _ima.Service.Script("create", new SimulatedFault { Status = 200, Body = """{"code":0}""" });

        Assert.Equal(6, await _ima.RunAsync("generate", "a puppy", "--idempotency-key", "order-1", "--json"));

        GoldenFile.Matches("failure-unknown-json", $"--- standard output\n{_ima.Out}");
    }

    public void Dispose() => _ima.Dispose();

    /// <summary>Both streams. The waited seconds depend on the jitter of the polls.</summary>
    private string Sections() =>
        Waited.Replace($"--- standard output\n{_ima.Out}--- standard error\n{_ima.Error}", "WAITED");
}
