using System.Text.RegularExpressions;
using Spectre.Console;

namespace ImaNanoBanana.Console.Tests;

/// <summary>On a terminal of any width, no line is wider than the terminal, and no word is broken.</summary>
public sealed class WidthTests
{
    private const int Wide = 1000;

    private static readonly Regex Word = new("[!-~]+");

    private static readonly Regex Number = new(@"^[\d.]+$");

    public static TheoryData<string[]> Sessions => new(
        [
            ["--help"],
            ["generate", "--help"],
            ["edit", "--help"],
            ["batch", "--help"],
            ["quote", "--help"],
            ["completion", "--help"],
            ["generate", "a puppy"],
            ["generate", "a puppy", "--narrate"],
            ["generate", "a puppy", "--size", "3K"],
            ["generate", "a puppy", "--aspect-ratio", "7:5"],
            ["generate", "a puppy", "--max-credits", "5"],
            ["generate", "a puppy", "--api-key", "\"quoted\""],
            ["generate", "a puppy", "--timeout", "1"],
            ["generate", "a puppy", "--sise", "4K"],
            ["edit", "a hat", "--image", "missing.png"],
            ["models"],
            ["models", "--task-type", "video"],
            ["quote"],
            ["doctor"],
            ["resume"],
            ["batch", "good.csv", "-o", "out", "--concurrency", "1"],
            ["batch", "bad.jsonl"],
            ["batch", "good.csv", "--budget", "7", "--concurrency", "1"],
        ]);

    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task Lines_fit_and_words_are_whole(string[] args)
    {
        foreach (var language in new[] { "en", "zh" })
        {
            var words = Words(await RunAsync(args, Wide, language)).ToHashSet();
            foreach (var width in new[] { 40, 60, 80, 100, 120 })
            {
                var text = await RunAsync(args, width, language);
                Assert.All(DrawnText.Lines(text), line => Assert.True(Fits(line, width), $"{width} {language}: {line}"));
                Assert.Subset(words, Words(text).ToHashSet());
            }
        }
    }

    /// <summary>A file or a pipe gets each text on one line, so that it can be searched.</summary>
    [Fact]
    public async Task Redirected_text_is_not_broken()
    {
        using var ima = new CliRun { Width = 40 };

        await ima.RunAsync("generate", "a puppy", "--aspect-ratio", "7:5");

        Assert.Contains(ima.Error.Split('\n'), line => line.StartsWith("To do:", StringComparison.Ordinal) && line.Length > 80);
    }

    /// <summary>A word or a command that is longer than a line stays whole, so that it can be copied.</summary>
    private static bool Fits(string line, int width) => line.GetCellWidth() <= width
        || line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= 2
        || line.StartsWith("  ima ", StringComparison.Ordinal)
        || line.StartsWith("  eval ", StringComparison.Ordinal);

    /// <summary>The words of what stays on the screen. Times differ between runs.</summary>
    private static IEnumerable<string> Words(string text) => DrawnText.Screen(text)
        .SelectMany(line => Word.Matches(line).Select(match => match.Value))
        .Where(word => !Number.IsMatch(word));

    private static async Task<string> RunAsync(string[] args, int width, string language)
    {
        using var ima = new CliRun { IsTerminal = true, Width = width };
        ima.Variables["LANG"] = language;
        await File.WriteAllTextAsync(
            Path.Combine(ima.Folder, "good.csv"),
            "prompt,output\na cat,cat\na dog,dog\n一只小狗,\n",
            TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(ima.Folder, "bad.jsonl"),
            "{\"promt\":\"a cat\"}\nnot JSON\n{\"prompt\":\"a dog\",\"size\":4}\n{\"prompt\":\"a dog\",\"images\":[\"missing.png\"]}\n",
            TestContext.Current.CancellationToken);
        await ima.RunAsync(args);
        return (ima.Out + ima.Error).Replace(Path.GetDirectoryName(ima.Folder)!, "/folder", StringComparison.Ordinal);
    }
}
