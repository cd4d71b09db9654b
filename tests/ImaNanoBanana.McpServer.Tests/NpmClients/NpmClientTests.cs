using ImaNanoBanana.Testing;

namespace ImaNanoBanana.McpServer.Tests.NpmClients;

/// <summary>
/// The official clients for JavaScript of three versions of the protocol get every image that was charged, and cause no charge that
/// was not asked for. The tests read what such a client shows a model: the text, the images and the links.
/// </summary>
public sealed class NpmClientTests : IAsyncLifetime
{
    private const int MostOfToolList = 6 * 1024;
    private const int MostOfText = 1024;
    private const int MostOfAnswer = 900_000;

    private static readonly string[] Tools = ["generate_image", "edit_image", "get_image_task", "list_models", "quote_image"];

    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public static TheoryData<string> Protocols() => ["2024-11-05", "2025-03-26", "2025-11-25"];

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Tools_are_listed_with_schemas_that_a_strict_validator_takes(string protocol)
    {
        await using var client = await NpmClient.StartAsync(_shop, protocol);

        var list = await client.ToolsAsync();

        Assert.Equal(protocol, client.Protocol);
        var tools = list.Result.GetProperty("tools").EnumerateArray().ToList();
        Assert.Equal(Tools, tools.Select(tool => tool.GetProperty("name").GetString()));
        Assert.All(tools, tool => Assert.False(tool.TryGetProperty("outputSchema", out _)));
        Assert.InRange(list.Bytes, 1, MostOfToolList);
        Assert.True(await client.AcceptsAsync("generate_image", new { prompt = "a", count = 2, size = "2K", wait_seconds = 0.5 }));
        Assert.True(await client.AcceptsAsync("edit_image", new { prompt = "a", images = new[] { "last" } }));
        Assert.True(await client.AcceptsAsync("get_image_task", new { handle = "task_1", wait_seconds = 15 }));
        Assert.True(await client.AcceptsAsync("quote_image", new { model = "Pro", images = new[] { "last" }, max_credits = 1.5 }));
        Assert.False(await client.AcceptsAsync("generate_image", new { prompt = 7 }));
        Assert.False(await client.AcceptsAsync("generate_image", new { prompt = "a", count = 1.5 }));
        Assert.False(await client.AcceptsAsync("edit_image", new { prompt = "a" }));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Every_tool_answers(string protocol)
    {
        await using var client = await NpmClient.StartAsync(_shop, protocol);
        string[] expected = protocol == "2025-11-25" ? ["text", "resource_link", "image"] : ["text", "image"];

        var models = await client.CallAsync("list_models", new { });
        var quote = await client.CallAsync("quote_image", new { model = "Pro", size = "4K" });
        var generated = await client.CallAsync("generate_image", new { prompt = "a puppy" });
        var edited = await client.CallAsync("edit_image", new { prompt = "in oil", images = new[] { "last" } });
        var fetched = await client.CallAsync("get_image_task", new { handle = "task_sim_000001" });
        var list = await client.CallAsync("get_image_task", new { });

        Assert.Contains("Nano Banana Pro (gemini-3-pro-image, text_to_image): credits per image", models.Text, StringComparison.Ordinal);
        Assert.Contains("This would cost 18 credits: Nano Banana Pro, 4K, 1:1, 1 image; ", quote.Text, StringComparison.Ordinal);
        Assert.EndsWith("There are no tasks to fetch.", list.Text, StringComparison.Ordinal);
        Assert.All((NpmAnswer[])[generated, edited, fetched], answer => Assert.Equal(expected, answer.Types));
        Assert.Equal((generated.Images[0], generated.Links[0]), (fetched.Images[0], fetched.Links[0]));
        Assert.NotEqual(generated.Links[0], edited.Links[0]);
        Assert.All((NpmAnswer[])[models, quote, generated, edited, fetched, list], IsSmall);
        Service.Ledger.ShouldHaveCharged(12);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Refusals_say_that_nothing_was_charged(string protocol)
    {
        await using var client = await NpmClient.StartAsync(_shop, protocol, "--budget", "5");
        (string Tool, object Arguments, string Reason)[] calls =
        [
            ("generate_image", new { }, "The argument \"prompt\" is missing."),
            ("generate_image", new { prompt = "a", model = "Pro", max_credits = 1 }, "costs 10 credits. The limit for one call is 1."),
            ("generate_image", new { prompt = "a" }, "6 credits"),
            ("generate_image", new { prompt = "a", size = "6K" }, "The value '6K' of 'size' is not offered."),
            ("edit_image", new { prompt = "a", images = Array.Empty<string>() }, "There is no source image"),
            ("edit_image", new { prompt = "a", images = new[] { "http://example.com/a.png" } }, "uses plain http"),
            ("edit_image", new { prompt = "a", images = new[] { "last" } }, "There is no earlier image."),
            ("edit_image", new { prompt = "a", images = new[] { "/etc/hostname" } }, "This server may not read '/etc/hostname'"),
            ("get_image_task", new { handle = "{broken" }, "This is not a handle, task_id or idempotency_key."),
        ];
        foreach (var (tool, arguments, reason) in calls)
        {
            var refused = await client.CallAsync(tool, arguments);

            Assert.True(refused.IsError);
            Assert.Contains(reason, refused.Text, StringComparison.Ordinal);
            Assert.Contains("Credits spent: no. Repeat this call: ", refused.Text, StringComparison.Ordinal);
            IsSmall(refused);
        }

        Service.Ledger.ShouldBeEmpty();
        Assert.DoesNotContain(Service.Requests, request => request.Endpoint == "create");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_slow_task_is_fetched_by_a_second_call(string protocol)
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        await using var client = await NpmClient.StartAsync(_shop, protocol);

        var running = await client.CallAsync("generate_image", new { prompt = "a puppy", wait_seconds = 3 });
        NpmAnswer still;
        do
        {
            // On a busy machine, submitting takes longer than the first call.
            still = await client.CallAsync("get_image_task", new { handle = Calls.HandleIn(running.Text), wait_seconds = 1 });
        }
        while (!still.Text.Contains("task task_sim_000001", StringComparison.Ordinal));

        var open = await client.CallAsync("get_image_task", new { });
        _shop.Time.Advance(Service.ProcessingTime);
        var ready = await client.CallAsync("get_image_task", new { handle = Calls.HandleIn(running.Text) });
        var repeated = await client.CallAsync("generate_image", new { prompt = "a puppy" });

        Assert.All((NpmAnswer[])[running, still], answer => Assert.Contains("\nRunning: ", answer.Text, StringComparison.Ordinal));
        Assert.Contains("task_sim_000001: running, ", open.Text, StringComparison.Ordinal);
        Assert.Single(ready.Images);
        Assert.Contains("An earlier identical call submitted this task.", repeated.Text, StringComparison.Ordinal);
        Assert.All((NpmAnswer[])[running, still, open, ready, repeated], IsSmall);
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_cancelled_call_is_charged_once_and_its_task_is_found_again(string protocol)
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        await using var client = await NpmClient.StartAsync(_shop, protocol);
        var (call, answer, progress) = client.BeginCall("generate_image", new { prompt = "a puppy" });
        await progress;

        await client.CancelAsync(call);
        var cancelled = new NpmAnswer(await answer);
        var open = await client.CallAsync("get_image_task", new { });
        _shop.Time.Advance(Service.ProcessingTime);
        var again = await client.CallAsync("generate_image", new { prompt = "a puppy" });

        Assert.Contains("The test cancels.", cancelled.Error, StringComparison.Ordinal);
        Assert.Contains("task_sim_000001: running, ", open.Text, StringComparison.Ordinal);
        Assert.Single(again.Images);
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task After_a_kill_of_the_server_the_same_image_is_fetched_and_not_charged_again(string protocol)
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        await using var client = await NpmClient.StartAsync(_shop, protocol);
        var (_, answer, progress) = client.BeginCall("generate_image", new { prompt = "a puppy" });
        await progress;
        await client.KillAsync();
        Assert.NotNull(new NpmAnswer(await answer).Error);
        _shop.Time.Advance(Service.ProcessingTime);

        await using var restarted = await NpmClient.StartAsync(_shop, protocol);
        var repeated = await restarted.CallAsync("generate_image", new { prompt = "a puppy" });
        var fetched = await restarted.CallAsync("get_image_task", new { handle = "task_sim_000001" });

        Assert.Equal((repeated.Images[0], repeated.Links[0]), (fetched.Images[0], fetched.Links[0]));
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Images_that_are_not_shown_are_links(string protocol)
    {
        await using var client = await NpmClient.StartAsync(_shop, protocol, "--inline-bytes", "0", "--save", "pictures");
        string[] expected = protocol == "2025-11-25" ? ["text", "resource_link", "resource_link"] : ["text"];

        var answer = await client.CallAsync("generate_image", new { prompt = "a puppy", count = 2 });

        Assert.Equal(expected, answer.Types);
        Assert.Equal(2, answer.Links.Count);
        Assert.All(answer.Links, link => Assert.True(File.Exists(link.Split(" -> ")[1])));
        IsSmall(answer);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Only_a_server_that_is_asked_for_it_adds_the_structured_form(string protocol)
    {
        await using var usual = await NpmClient.StartAsync(_shop, protocol);
        await using var asked = await NpmClient.StartAsync(_shop, protocol, "--structured");

        var (without, with) = (await usual.CallAsync("quote_image", new { }), await asked.CallAsync("quote_image", new { }));

        Assert.Equal(without.Text, with.Text);
        Assert.False(without.Result.TryGetProperty("structuredContent", out _));
        Assert.Equal(protocol == "2025-11-25", with.Result.TryGetProperty("structuredContent", out _));
    }

    private static void IsSmall(NpmAnswer answer)
    {
        Assert.InRange(answer.TextBytes, 1, MostOfText);
        Assert.InRange(answer.Bytes, 1, MostOfAnswer);
    }
}
