using System.Globalization;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>What a batch says at its end: what is done, what was spent, and whether the same command continues.</summary>
public sealed class BatchEndTests : IDisposable
{
    private const string Again = "Run the same command again to continue";
    private const string ToChange = "Lines to change: 1.";

    private readonly CliRun _ima = new();

    [Fact]
    public async Task Failed_images_are_charged_and_are_no_success_also_when_the_batch_is_run_again()
    {
        _ima.Service.Scenario.FailedImages(2);
        await WriteAsync("""{"prompt":"a cat","count":3}""");

        Assert.Equal(1, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.StartsWith("All 1 done, 18 credits in all, images failed: 2 (charged).\n", _ima.Error, StringComparison.Ordinal);
        Assert.Contains(ToChange, _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Again, _ima.Error, StringComparison.Ordinal);

        Assert.Equal(1, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.StartsWith(
            "All 1 done, 1 of them earlier; 0 credits now, 18 in all, images failed: 2 (charged).\n", _ima.Error, StringComparison.Ordinal);

        _ima.Variables["LANG"] = "zh_CN.UTF-8";
        Assert.Equal(1, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.StartsWith(
            "1 项全部完成，其中 1 项此前已提交；本次消耗 0 积分，累计 18 积分，失败图片 2 张（已扣费）。\n需要修改的行：1。",
            _ima.Error,
            StringComparison.Ordinal);
        _ima.Service.Ledger.ShouldHaveCharged(18);
    }

    [Fact]
    public async Task A_failed_task_is_not_offered_for_another_run()
    {
        _ima.Service.Scenario.FailedImages(1);
        await WriteAsync("""{"prompt":"a cat"}""");

        Assert.Equal(1, await _ima.RunAsync("batch", "list.jsonl"));

        Assert.Contains("0 of 1 done, 6 credits in all, 1 failed.\n", _ima.Error, StringComparison.Ordinal);
        Assert.Contains(ToChange, _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Again, _ima.Error, StringComparison.Ordinal);

        Assert.Equal(1, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.Contains("0 of 1 done; 0 credits now, 6 in all, 1 failed.\n", _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_to_change_and_lines_to_run_again_are_both_named()
    {
        _ima.Service.Scenario.FailedImages(1);
        _ima.Service.Balance = 6;
        await WriteAsync("""{"prompt":"a cat"}""" + "\n" + """{"prompt":"a dog"}""");

        Assert.Equal(1, await _ima.RunAsync("batch", "list.jsonl", "--concurrency", "1"));

        Assert.Contains(ToChange, _ima.Error, StringComparison.Ordinal);
        Assert.Contains(Again, _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_unknown_outcome_is_neither_to_change_nor_to_run_again()
    {
        _ima.Service.Scenario.TruncatedAnswer();
        await WriteAsync("""{"prompt":"a cat"}""");

        Assert.Equal(6, await _ima.RunAsync("batch", "list.jsonl"));

        Assert.Contains("Outcome unknown: 1.", _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Again, _ima.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Lines to change", _ima.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_spent_now_and_before_is_said()
    {
        await WriteAsync("""{"prompt":"a cat"}""");
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.Equal("All 1 done, 6 credits in all.\n", _ima.Error);

        await WriteAsync("""{"prompt":"a cat"}""" + "\n" + """{"prompt":"a dog","size":"2K"}""");
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.Equal("All 2 done, 1 of them earlier; 10 credits now, 16 in all.\n", _ima.Error);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));
        Assert.Equal("All 2 done, 2 of them earlier; 0 credits now, 16 in all.\n", _ima.Error);
    }

    [Theory]
    [InlineData("en", "still in progress (credits were spent)", "0 of 3 done, 18 credits in all, still in progress: 3 (charged).", Again)]
    [InlineData("zh", "仍在生成（已消耗积分）", "已完成 0/3，共消耗 18 积分，仍在生成 3 项（已扣费）。", "再次运行同一命令即可继续")]
    public async Task After_an_interruption_the_charged_lines_are_still_in_progress(
        string language, string line, string totals, string again)
    {
        _ima.IsTerminal = true;
        _ima.Variables["LANG"] = language;
        _ima.Service.Scenario.NeverEndingTask().NeverEndingTask().NeverEndingTask();
        await WriteAsync(string.Join('\n', Prompts(3)));
        using var interrupt = new CancellationTokenSource();
        using var wire = new AtPoll(_ima.Service, 3, interrupt.Cancel);
        _ima.Wire = wire;

        Assert.Equal(130, await _ima.RunAsync(interrupt.Token, "batch", "list.jsonl", "--concurrency", "3"));

        Assert.Equal(3, _ima.Out.Split(line).Length - 1);
        Assert.DoesNotContain("FAILED", _ima.Out, StringComparison.Ordinal);
        var screen = DrawnText.Screen(_ima.Error);
        Assert.Equal(totals, screen[0]);
        Assert.StartsWith(again, screen[1], StringComparison.Ordinal);
    }

    public void Dispose() => _ima.Dispose();

    private static IEnumerable<string> Prompts(int count) => Enumerable.Range(1, count).Select(
        number => string.Create(CultureInfo.InvariantCulture, $"{{\"prompt\":\"cat {number}\"}}"));

    private Task WriteAsync(string text) =>
        File.WriteAllTextAsync(Path.Combine(_ima.Folder, "list.jsonl"), text, TestContext.Current.CancellationToken);

    /// <summary>Does something when as many different tasks have been polled.</summary>
    private sealed class AtPoll(HttpMessageHandler service, int count, Action then) : DelegatingHandler(service)
    {
        private readonly HashSet<string> _polled = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/detail", StringComparison.Ordinal))
            {
                var body = await request.Content!.ReadAsStringAsync(cancellationToken);
                if (IsLast(body))
                {
                    then();
                }
            }

            return await base.SendAsync(request, cancellationToken);
        }

        private bool IsLast(string body)
        {
            lock (_polled)
            {
                return _polled.Add(body) && _polled.Count == count;
            }
        }
    }
}
