using System.Text.RegularExpressions;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The help, the version, and the examples, which must work.</summary>
public sealed class HelpTests : IDisposable
{
    private static readonly string[] Commands =
    [
        "generate", "edit", "batch", "quote", "models", "status", "watch", "resume", "tasks", "usage", "journal", "upload", "init",
        "doctor", "simulator", "help", "version", "completion",
    ];

    private readonly CliRun _ima = new() { Width = 100 };

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Every_command_has_a_description_and_examples(string language)
    {
        await _ima.RunAsync("--help", "--language", language);
        Assert.All(Commands, command => Assert.Matches($@"(?m)^  {command}\b.*  \S", _ima.Out));
        Assert.DoesNotMatch(@"(?m)^  complete\b", _ima.Out);

        foreach (var command in Commands)
        {
            Assert.Equal(0, await _ima.RunAsync(command, "--help", "--language", language));

            Assert.NotEmpty(ExamplesOf(_ima.Out));
            if (language == "zh")
            {
                Assert.DoesNotMatch("[A-Za-z]+ [a-z]{2,} [a-z]{2,} [a-z]{2,}", _ima.Out);
            }
        }
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help")]
    public async Task The_help_of_a_command_can_be_asked_for_in_two_ways(string without)
    {
        Assert.Equal(0, await _ima.RunAsync(without));
        Assert.Contains("Commands:", _ima.Out, StringComparison.Ordinal);

        await _ima.RunAsync("batch", "--help");
        var expected = _ima.Out;
        Assert.Equal(0, await _ima.RunAsync("help", "batch"));
        Assert.Equal(expected, _ima.Out);
    }

    [Fact]
    public async Task The_version_can_be_asked_for_in_two_ways()
    {
        Assert.Equal(0, await _ima.RunAsync("--version"));
        var expected = _ima.Out;

        Assert.Equal(0, await _ima.RunAsync("version"));
        Assert.Equal(expected, _ima.Out);
        Assert.Matches(@"^\d+\.\d+", _ima.Out);
    }

    /// <summary>The examples run on the simulator. Their files and tasks are created first.</summary>
    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public async Task Examples_work(string language)
    {
        foreach (var image in new[] { "photo.jpg", "one.png", "two.png" })
        {
            await WriteAsync(image, TemplateTests.OnePixel);
        }

        await WriteAsync("prompts.txt", "a cat\na dog\n"u8.ToArray());
        await WriteAsync("list.csv", "prompt,size\na bird,2K\n"u8.ToArray());
        await WriteAsync("list.jsonl", "{\"prompt\":\"a fish\"}\n"u8.ToArray());
        _ima.Variables["LANG"] = language;
        await _ima.RunAsync("generate", "a puppy");
        foreach (var command in Commands.Except(["simulator", "doctor", "init", "completion"]).Prepend(""))
        {
            await _ima.RunAsync([.. command.Length == 0 ? Array.Empty<string>() : [command], "--help"]);
            foreach (var example in ExamplesOf(_ima.Out))
            {
                var line = example.Replace("TASK_ID", "task_sim_000001", StringComparison.Ordinal).Split('>')[0];
                var args = Regex.Matches(line, "\"[^\"]*\"|\\S+").Select(match => match.Value.Trim('"'));

                Assert.True(await _ima.RunAsync([.. args.Skip(1)]) == 0, $"{example}\n{_ima.Error}");
            }
        }
    }

    public void Dispose() => _ima.Dispose();

    private static IReadOnlyList<string> ExamplesOf(string help) =>
        [.. help.Split('\n').SkipWhile(line => line is not ("Examples:" or "示例：")).Skip(1).TakeWhile(line => line.Length > 0).Select(
            line => line.Trim())];

    private Task WriteAsync(string name, byte[] bytes) =>
        File.WriteAllBytesAsync(Path.Combine(_ima.Folder, name), bytes, TestContext.Current.CancellationToken);
}
