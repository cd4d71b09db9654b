using System.Text.Json;
using ImaNanoBanana.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>What a client sees of the server besides images.</summary>
public sealed class ProtocolTests : IAsyncLifetime
{
    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Standard_output_carries_only_protocol_messages()
    {
        Service.Script("create", new SimulatedFault { Status = 500, Body = "nonsense" });
        await using var server = new ServerProcess(_shop, "--inline-bytes", "0");
        string[] requests =
        [
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""",
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""",
            """{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"a puppy"},"_meta":{"progressToken":"p"}}}""",
            """{"jsonrpc":"2.0","id":4,"method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"a cat"},"_meta":{"progressToken":"q"}}}""",
            """{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"no_such_tool"}}""",
            "no JSON at all",
            """{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"get_image_task"}}""",
        ];
        foreach (var request in requests)
        {
            await server.Input.WriteLineAsync(request);
        }

        await server.Input.FlushAsync(TestContext.Current.CancellationToken);
        var (answered, lines) = (new HashSet<string>(), new List<string>());
        while (answered.Count < 6 && await server.Output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (JsonDocument.Parse(line).RootElement.TryGetProperty("id", out var id))
            {
                answered.Add(id.ToString());
            }
        }

        server.Input.Close();
        lines.AddRange(
            (await server.Output.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        await server.ExitAsync();

        Assert.Equal(0, server.ExitCode);
        Assert.All(lines, line => Assert.Equal("2.0", JsonDocument.Parse(line).RootElement.GetProperty("jsonrpc").GetString()));
        Assert.Contains(lines, line => line.Contains("notifications/progress", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_tool_says_what_it_does_and_what_not_to_repeat()
    {
        var client = await _shop.ConnectAsync();

        var tools = (
            await client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(tool =>
                tool.ProtocolTool).ToList();

        Assert.Equal(["generate_image", "edit_image", "get_image_task", "list_models", "quote_image"], tools.Select(tool => tool.Name));
        Assert.Equal([false, false, true, true, true], tools.Select(tool => tool.Annotations!.ReadOnlyHint));
        Assert.All(
            tools,
            tool => Assert.Equal(
                (false, true, true), (tool.Annotations!.DestructiveHint, tool.Annotations.IdempotentHint, tool.Annotations.OpenWorldHint)));
        Assert.Contains(
            "If this answers `running`, call get_image_task with the handle; never call generate_image again for it.",
            tools[0].Description,
            StringComparison.Ordinal);
        Assert.Contains(
            "If this answers `running`, call get_image_task with the handle; never call edit_image again for it.",
            tools[1].Description,
            StringComparison.Ordinal);
        Assert.Equal(
            """{"type":"object","properties":{"handle":{"type":"string","description":"The handle, task_id or idempotency_key of an earlier answer. Omit it to list the tasks that were not fetched yet."},"wait_seconds":{"type":"number","description":"Seconds to wait for the image, 0 to 600."}}}""",
            tools[2].InputSchema.GetRawText());
        Assert.Contains("never call generate_image or edit_image again for it", client.ServerInstructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_the_server_starts_and_says_what_is_missing()
    {
        _shop.IsKnown = false;
        var client = await _shop.ConnectAsync();

        foreach (var tool in (string[])["generate_image", "get_image_task", "list_models", "quote_image"])
        {
            var result = tool == "generate_image" ? await client.GenerateAsync("a puppy") : await client.CallAsync(tool, null);
            Assert.Equal((true, "Unauthorized"), (result.IsError, result.Word("error", "kind")));
            Assert.Equal(
                "Failed: There is no API key.\n"
                + "To do: Ask the person to set IMA_API_KEY for this server (create a key at https://www.imaclaw.ai/imaclaw/apikey), or "
                    + "to start it with --simulate.\n"
                + "Credits spent: no. Repeat this call: after.",
                result.Text());
        }
    }

    [Fact]
    public async Task The_built_in_simulator_needs_no_key_and_is_reported_in_the_answer()
    {
        _shop.IsKnown = false;
        var client = await _shop.ConnectAsync("--simulate", "--wait", "0");

        var result = await client.GenerateAsync("a puppy");

        Assert.Equal(("running", "True"), (result.Word("status"), result.Word("simulated")));
        Assert.StartsWith("Simulated: nothing is charged", result.Text(), StringComparison.Ordinal);
        Assert.Equal("True", (await client.GenerateAsync("a puppy")).Word("already_submitted"));
    }

    [Fact]
    public async Task Arguments_that_cannot_be_read_are_reported_exactly()
    {
        var client = await _shop.ConnectAsync();
        (string Json, string Reason)[] rows =
        [
            ("""{}""", "The argument \"prompt\" is missing."),
            ("""{"prompt":null}""", "The argument \"prompt\" is missing."),
            ("""{"prompt":7}""", "The argument \"prompt\" is 7; expected a string."),
            ("""{"prompt":"a","count":"two"}""", "The argument \"count\" is \"two\"; expected an integer."),
            ("""{"prompt":"a","count":1.5}""", "The argument \"count\" is 1.5; expected an integer."),
            ("""{"prompt":"a","max_credits":[]}""", "The argument \"max_credits\" is []; expected a number."),
            ("""{"prompt":"a","promt":"b"}""", "Unknown argument \"promt\". Available: prompt, model, size, aspect_ratio, count, variation, max_credits, wait_seconds."),
        ];
        foreach (var (json, reason) in rows)
        {
            var result = await client.CallAsync("generate_image", JsonDocument.Parse(json).RootElement);
            Assert.Equal((true, "InvalidRequest", reason), (result.IsError, result.Word("error", "kind"), result.Word("error", "reason")));
            Assert.Equal(("no", "never"), (result.Word("error", "credits_spent"), result.Word("error", "retry")));
        }

        Assert.Equal(
            "The argument \"images\" is 7; expected a list of strings.",
            (await client.CallAsync("edit_image", null, ("prompt", "a"), ("images", 7))).Word("error", "reason"));
        var nothing = await client.CallAsync(
            "edit_image", null, ("prompt", "a"), ("images", new string?[] { "https://a.example/1.png", null }));
        Assert.Equal(
            ("The argument \"images\" is [\"https://a.example/1.png\",null]; expected a list of strings.", "no", "never"),
            (nothing.Word("error", "reason"), nothing.Word("error", "credits_spent"), nothing.Word("error", "retry")));
        Assert.Equal("", await OfferedAsync("prompt", new { prompt = " " }));
        Assert.Equal("512px, 1K, 2K, 4K", await OfferedAsync("size", new { prompt = "a", size = "3K" }));
        Assert.Equal(
            "no",
            (await client.CallAsync("generate_image", JsonSerializer.SerializeToElement(new { prompt = "a", model = "a model of my own" })))
                .Word("error", "credits_spent"));
        Assert.Equal("This is not a handle, task_id or idempotency_key.", (await client.TaskAsync("{broken")).Word("error", "reason"));
        var unheld = await client.TaskAsync("mcp-0-1");
        Assert.Equal(
            ("The journal has no entry for mcp-0-1.", "unknown"),
            (unheld.Word("error", "reason"), unheld.Word("error", "credits_spent")));
        Service.Ledger.ShouldBeEmpty();

        async Task<string> OfferedAsync(string parameter, object arguments)
        {
            var result = await client.CallAsync("generate_image", JsonSerializer.SerializeToElement(arguments));
            Assert.Equal(
                (true, "InvalidRequest", parameter), (result.IsError, result.Word("error", "kind"), result.Word("error", "parameter")));
            return result.Json().GetProperty("error").TryGetProperty("offered", out var offered)
                ? string.Join(", ", offered.EnumerateArray())
                : "";
        }
    }

    [Theory]
    [InlineData("--language", "zh")]
    [InlineData(null, null)]
    public async Task Answers_are_Chinese_if_requested(string? option, string? language)
    {
        Service.Scenario.InsufficientCredits();
        var client = option is null ? await _shop.ConnectInAsync("zh-CN") : await _shop.ConnectAsync(option, language!);

        var failed = await client.GenerateAsync("小狗");
        var ready = await client.GenerateAsync("小狗");
        var again = await client.GenerateAsync("小狗");

        Assert.StartsWith(
            "模拟模式：不会扣费，图片均为占位图。\n失败：积分不足，无法创建任务\n建议：购买积分: https://www.imaclaw.ai/imaclaw/subscription\n",
            failed.Text(),
            StringComparison.Ordinal);
        Assert.EndsWith("\n是否已扣费：no。重复此调用：after。", failed.Text(), StringComparison.Ordinal);
        Assert.Contains("已完成：1 张图片，Nano Banana 2, 1K, 1:1，6 积分，任务 task_sim_000001。", ready.Text(), StringComparison.Ordinal);
        Assert.EndsWith("此前相同的调用已提交请求，本次调用未扣费。如需用相同描述再生成一张，请传入 `variation`。", again.Text(), StringComparison.Ordinal);
        Assert.Contains("没有参数“promt”。", (await client.CallAsync("generate_image", null, ("promt", "a"))).Text(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--wait takes 0 to 600.", "--wait", "601")]
    [InlineData("--budget takes 0 to 1000000000.", "--budget", "-1")]
    [InlineData(
        "'https://example.com/' is not an http address on this machine. Example: http://127.0.0.1:5080/.",
        "--simulator-at",
        "https://example.com/")]
    public async Task An_invalid_command_line_ends_the_server_with_a_message_on_standard_error(string text, params string[] args)
    {
        await using var server = new ServerProcess(_shop, args);

        await server.ExitAsync();

        Assert.Equal(2, server.ExitCode);
        Assert.Equal("", await server.Output.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains(text, server.Errors, StringComparison.Ordinal);
    }
}
