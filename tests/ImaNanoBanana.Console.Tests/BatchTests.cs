using System.Text.Json;
using ImaNanoBanana.Testing;

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
    public async Task Each_line_has_its_outcome_and_running_again_submits_nothing()
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
    public async Task Only_an_added_line_is_charged()
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
    public async Task After_an_interruption_the_batch_continues()
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
    public async Task After_an_interruption_between_two_submissions_both_are_reported_and_the_batch_continues()
    {
        await WriteAsync(Three);
        using var interrupt = new CancellationTokenSource();
        using var wire = new AfterCreates(_ima.Service, 2, interrupt.Cancel);
        _ima.Wire = wire;

        Assert.Equal(130, await _ima.RunAsync(interrupt.Token, "batch", "list.jsonl", "--concurrency", "1"));

        Assert.Equal(["task_sim_000001", "task_sim_000002"], _ima.OutLines.Select(TaskOf));
        Assert.Contains("\"kind\":\"Interrupted\",\"exit_code\":130", _ima.OutLines[1], StringComparison.Ordinal);
        Assert.Contains("1 of 3 done, 16 credits", _ima.Error, StringComparison.Ordinal);

        _ima.Wire = null;
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl", "--concurrency", "1"));
        Assert.Equal(["task_sim_000001", "task_sim_000002", "task_sim_000003"], _ima.OutLines.Select(TaskOf));
        Assert.Equal(3, _ima.Service.Charges.Count);
    }

    [Fact]
    public async Task An_image_that_cannot_be_saved_is_reported_and_the_others_continue()
    {
        await WriteAsync(Three);
        var blocked = Directory.CreateDirectory(Path.Combine(_ima.Folder, "out", "dog.png"));

        Assert.Equal(1, await _ima.RunAsync("batch", "list.jsonl", "-o", "out", "--concurrency", "1"));

        Assert.Equal(["task_sim_000001", "task_sim_000002", "task_sim_000003"], _ima.OutLines.Select(TaskOf));
        var error = JsonDocument.Parse(_ima.OutLines[1]).RootElement.GetProperty("error");
        Assert.Equal("Charged", error.GetProperty("charge").GetString());
        Assert.Equal("https://ima-ga.esxscloud.com/simulator/task_sim_000002/1.png", error.GetProperty("urls")[0].GetString());

        blocked.Delete();
        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl", "-o", "out"));
        Assert.True(File.Exists(Path.Combine(_ima.Folder, "out", "dog.png")));
        Assert.Equal(3, _ima.Service.Charges.Count);
    }

    [Theory]
    [InlineData(6, "InsufficientCredits", true)]
    [InlineData(3, "InsufficientCredits", false)]
    [InlineData(1, "TaskFailed", false)]
    public async Task The_exit_code_covers_all_failures_and_an_unknown_outcome_takes_precedence(int code, string kind, bool isUnknownToo)
    {
        await WriteAsync(Three);
        _ima.Service.Scenario.InsufficientCredits();
        if (isUnknownToo)
        {
            _ima.Service.Scenario.TruncatedAnswer();
        }
        else if (code == 1)
        {
            _ima.Service.Scenario.FailedImages(1);
        }

        Assert.Equal(code, await _ima.RunAsync("batch", "list.jsonl", "--concurrency", "1"));

        Assert.Contains($"\"kind\":\"{kind}\"", _ima.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task If_nothing_can_be_saved_nothing_is_submitted()
    {
        await WriteAsync(Three);

        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl", "-o", "list.jsonl/out"));

        Assert.Equal("Cannot write to 'list.jsonl/out/'. Nothing was submitted.\n", _ima.Error);
        Assert.Empty(_ima.Service.Charges);
    }

    [Fact]
    public async Task A_spent_budget_ends_the_submissions()
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
    [InlineData("""{"prompt":"a cat","idempotency_key":"same"}""")]
    [InlineData("""{"prompt":"a cat","model":"no such words"}""")]
    [InlineData("""{"prompt":"a cat","output":"./Dog.jpg"}""")]
    public async Task An_invalid_line_stops_the_batch_before_anything_is_submitted(string line)
    {
        await WriteAsync("""{"prompt":"a dog","idempotency_key":"same","output":"dog"}""" + "\n" + line);

        Assert.Equal(2, await _ima.RunAsync("batch", "list.jsonl"));

        Assert.Contains("Line 2: ", _ima.Error, StringComparison.Ordinal);
        Assert.Empty(_ima.Service.Charges);
    }

    [Theory]
    [InlineData("\"max_credits\":5", 3, 0)]
    [InlineData("\"max_credits\":6", 0, 6)]
    [InlineData("\"version_id\":\"no-such-version\"", 2, 0)]
    [InlineData("\"parameters\":{\"aspect_ratio\":\"7:5\"}", 2, 0)]
    [InlineData("\"images\":[\"https://example.com/1.png\"],\"model\":\"pro\"", 0, 10)]
    [InlineData("\"count\":3,\"size\":\"4K\"", 0, 39)]
    public async Task Every_member_of_a_line_is_used(string member, int code, decimal charged)
    {
        await WriteAsync($"{{\"prompt\":\"a cat\",{member}}}");

        Assert.Equal(code, await _ima.RunAsync("batch", "list.jsonl"));

        _ima.Service.Ledger.ShouldHaveCharged(charged);
    }

    [Theory]
    [InlineData("true", 0, 10)]
    [InlineData("false", 1, 0)]
    public async Task A_line_may_allow_a_smaller_size(string isAllowed, int code, decimal charged)
    {
        _ima.Service.Script("create", new SimulatedFault { Status = 200, Body = """{"code":500,"message":"cannot"}""" });
        await WriteAsync($"{{\"prompt\":\"a cat\",\"size\":\"4K\",\"allow_smaller\":{isAllowed}}}");

        Assert.Equal(code, await _ima.RunAsync("batch", "list.jsonl"));

        _ima.Service.Ledger.ShouldHaveCharged(charged);
    }

    [Fact]
    public async Task Lines_of_several_images_may_share_a_folder()
    {
        await WriteAsync("""
            {"prompt":"a cat","count":2,"output":"animals"}
            {"prompt":"a dog","count":2,"output":"animals"}
            {"prompt":"a bird","output":"animals/"}
            """);

        Assert.Equal(0, await _ima.RunAsync("batch", "list.jsonl"));

        Assert.Equal(5, Directory.GetFiles(Path.Combine(_ima.Folder, "animals")).Length);
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

    private static string TaskOf(string line)
    {
        var outcome = JsonDocument.Parse(line).RootElement;
        return outcome.GetProperty(outcome.GetProperty("ok").GetBoolean() ? "result" : "error").GetProperty("task_id").GetString()!;
    }

    private Task WriteAsync(string text) =>
        File.WriteAllTextAsync(Path.Combine(_ima.Folder, "list.jsonl"), text, TestContext.Current.CancellationToken);

    /// <summary>Does something once the service has accepted a number of submissions, before it answers the last one.</summary>
    private sealed class AfterCreates(HttpMessageHandler service, int count, Action then) : DelegatingHandler(service)
    {
        private int _creates;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.RequestUri!.AbsolutePath.EndsWith("/tasks/create", StringComparison.Ordinal)
                && Interlocked.Increment(ref _creates) == count)
            {
                then();
            }

            return answer;
        }
    }
}
