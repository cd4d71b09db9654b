using System.Globalization;
using System.Text.RegularExpressions;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>A batch on a terminal.</summary>
public sealed class BatchBoardTests : IDisposable
{
    private readonly CliRun _ima = new() { IsTerminal = true };

    [Fact]
    public async Task Each_image_has_a_line_and_the_end_is_a_sentence()
    {
        await WriteAsync(Enumerable.Range(1, 12).Select(number => string.Create(CultureInfo.InvariantCulture, $"cat {number}")));

        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt", "-o", "out"));

        Assert.DoesNotContain('{', _ima.Out + _ima.Error);
        Assert.Equal(
            Enumerable.Range(1, 12).Select(number => string.Create(CultureInfo.InvariantCulture, $"{number,2}/12  cat {number}")),
            _ima.OutLines.Select(line => line[..13].TrimEnd()).Order(StringComparer.Ordinal));
        Assert.All(_ima.OutLines, line => Assert.Matches(@" \d+ s +6 credits  out/task_sim_\d+\.png$", line));
        Assert.Equal("All 12 done, 72 credits in all.", DrawnText.Screen(_ima.Error)[^2]);
    }

    [Fact]
    public async Task Requests_in_progress_have_a_bar_and_the_totals_grow()
    {
        await WriteAsync(["a cat", "a dog", "a bird"]);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt", "--concurrency", "1"));

        var drawn = DrawnText.Lines(_ima.Error);
        Assert.Contains(drawn, line => Regex.IsMatch(line, @"^1/3  \[#+\.+\] +\d+ %  a cat$"));
        Assert.Contains(drawn, line => line.EndsWith("] 1 of 3 done, 6 credits in all.", StringComparison.Ordinal));
        Assert.Contains(drawn, line => line.EndsWith("] 2 of 3 done, 12 credits in all.", StringComparison.Ordinal));
        Assert.Equal(["All 3 done, 18 credits in all.", ""], DrawnText.Screen(_ima.Error));
    }

    [Fact]
    public async Task More_requests_than_fit_are_counted()
    {
        await WriteAsync(Enumerable.Range(1, 20).Select(number => string.Create(CultureInfo.InvariantCulture, $"cat {number}")));

        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt", "--concurrency", "20"));

        Assert.Contains("... and 12 more", DrawnText.Lines(_ima.Error));
    }

    [Theory]
    [InlineData(
        "en",
        "FAILED: Not enough credits",
        "1 of 3 done, 6 credits in all, 2 failed.",
        "To do: Buy credits",
        "Run the same command again to continue")]
    [InlineData("zh", "失败：积分不足", "已完成 1/3，共消耗 6 积分，失败 2 项。", "建议：购买积分", "再次运行同一命令即可继续")]
    public async Task Failures_are_named_and_what_to_do_is_said_once(
        string language, string failed, string totals, string suggestion, string again)
    {
        _ima.Variables["LANG"] = language;
        _ima.Service.Balance = 6;
        await WriteAsync(["a cat", "a dog", "a bird"]);

        Assert.Equal(3, await _ima.RunAsync("batch", "list.txt", "--concurrency", "1"));

        Assert.Equal(2, _ima.Out.Split(failed).Length - 1);
        var screen = DrawnText.Screen(_ima.Error);
        Assert.Equal(totals, screen[0]);
        Assert.StartsWith(suggestion, screen[1], StringComparison.Ordinal);
        Assert.StartsWith(again, screen[2], StringComparison.Ordinal);

        _ima.Service.Balance = null;
        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt"));
        _ima.Service.Ledger.ShouldHaveCharged(18);
    }

    [Fact]
    public async Task An_unknown_outcome_is_not_offered_for_another_submission()
    {
        _ima.Service.Scenario.TruncatedAnswer();
        await WriteAsync(["a cat", "a dog"]);

        Assert.Equal(6, await _ima.RunAsync("batch", "list.txt", "--concurrency", "1"));

        Assert.Contains("Outcome unknown: 1.", _ima.Error, StringComparison.Ordinal);
        Assert.Equal(6, await _ima.RunAsync("batch", "list.txt"));
        Assert.Equal(2, _ima.Service.Charges.Count);
    }

    [Theory]
    [InlineData("--no-journal", "Without a journal, running it again is charged again.")]
    [InlineData("--simulate", "The simulator and its tasks end with this program.")]
    public async Task Without_a_journal_no_continuation_is_promised(string option, string expected)
    {
        await WriteAsync(["a cat", "a dog"]);

        await _ima.RunAsync("batch", "list.txt", "--budget", "6", "--concurrency", "1", option);

        Assert.Contains(expected, _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Run the same command again", _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_on_a_terminal_is_only_json()
    {
        await WriteAsync(["a cat"]);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt", "--json"));

        Assert.StartsWith("{\"number\":1,\"ok\":true,", Assert.Single(_ima.OutLines), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', _ima.Error);
    }

    [Fact]
    public async Task Changes_and_several_images_are_below_their_request()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_ima.Folder, "list.csv"), "prompt,size,count\na cat,8K,2\n", TestContext.Current.CancellationToken);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.csv"));

        Assert.Equal(4, _ima.OutLines.Count);
        Assert.Equal("     https://ima-ga.esxscloud.com/simulator/task_sim_000001/1.png", _ima.OutLines[1]);
        Assert.Equal("     note: size 8K was changed to 4K", _ima.OutLines[3]);
    }

    /// <summary>An interruption reports what was charged, and the bars are removed.</summary>
    [Fact]
    public async Task An_interruption_leaves_a_clean_screen()
    {
        await WriteAsync(["a cat", "a dog"]);
        using var interrupt = new CancellationTokenSource();
        using var wire = new AtFirstPoll(_ima.Service, interrupt.Cancel);
        _ima.Wire = wire;

        Assert.Equal(130, await _ima.RunAsync(interrupt.Token, "batch", "list.txt", "--concurrency", "1"));

        var screen = DrawnText.Screen(_ima.Error);
        Assert.Equal("0 of 2 done, 6 credits in all, 1 failed.", screen[0]);
        Assert.StartsWith("Run the same command again to continue", screen[1], StringComparison.Ordinal);
        Assert.Contains("(credits were spent)", _ima.Out, StringComparison.Ordinal);
        _ima.Wire = null;
        Assert.Equal(0, await _ima.RunAsync("batch", "list.txt"));
        _ima.Service.Ledger.ShouldHaveCharged(12);
    }

    public void Dispose() => _ima.Dispose();

    private Task WriteAsync(IEnumerable<string> prompts) => File.WriteAllTextAsync(
        Path.Combine(_ima.Folder, "list.txt"), string.Join('\n', prompts), TestContext.Current.CancellationToken);

    private sealed class AtFirstPoll(HttpMessageHandler service, Action then) : DelegatingHandler(service)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/detail", StringComparison.Ordinal))
            {
                then();
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
