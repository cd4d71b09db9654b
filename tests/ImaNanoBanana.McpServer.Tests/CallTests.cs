using ImaNanoBanana.Testing;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>The answers to the calls of an agent.</summary>
public sealed class CallTests : IAsyncLifetime
{
    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task An_image_is_answered_as_text_links_and_content()
    {
        var client = await _shop.ConnectAsync("--save", "pictures");

        var result = await client.GenerateAsync("a puppy", new { model = "best", size = "2k", aspect_ratio = "landscape" });

        Assert.NotEqual(true, result.IsError);
        Assert.Equal(
            ("ready", "True", "10", "yes", "False"),
            (
                result.Word("status"),
                result.Word("simulated"),
                result.Word("credits"),
                result.Word("credits_spent"),
                result.Word("already_submitted")));
        Assert.Equal(("gemini-3-pro-image", "2K", "16:9"), (result.Word("model"), result.Word("size"), result.Word("aspect_ratio")));
        var path = Path.Combine(_shop.Folder, "pictures", "task_sim_000001.png");
        var url = result.Json().GetProperty("images")[0].GetProperty("url").GetString();
        Assert.Equal(path, result.Json().GetProperty("images")[0].GetProperty("path").GetString());
        Assert.Equal(
            "Simulated: nothing is charged, and images are placeholders.\n"
            + "Ready: 1 image, Nano Banana Pro, 2K, 16:9, 10 credits, task task_sim_000001.\n"
            + $"{url} -> {path}",
            result.Text());
        Assert.Equal(url, Assert.Single(result.Content.OfType<ResourceLinkBlock>()).Uri);
        Assert.Equal(
            await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken),
            Assert.Single(result.Content.OfType<ImageContentBlock>()).DecodedData.ToArray());
        Service.Ledger.ShouldHaveCharged(10);
        Assert.Empty(Service.Violations);
        Assert.Empty(Service.Differences);
    }

    [Fact]
    public async Task Above_the_byte_limit_only_the_links_are_returned()
    {
        var client = await _shop.ConnectAsync("--inline-bytes", "100");

        var result = await client.GenerateAsync("a puppy", new { count = 2 });

        Assert.Empty(result.Content.OfType<ImageContentBlock>());
        Assert.Equal(2, result.Content.OfType<ResourceLinkBlock>().Count());
        Assert.Null(result.Word("warnings"));
    }

    [Fact]
    public async Task A_failed_download_hides_nothing_that_was_charged()
    {
        Service.Script("image", [.. Enumerable.Repeat(new SimulatedFault { Status = 404 }, 8)]);
        var client = await _shop.ConnectAsync("--save", "pictures");

        var result = await client.GenerateAsync("a puppy");

        Assert.NotEqual(true, result.IsError);
        Assert.Equal("ready", result.Word("status"));
        Assert.Single(result.Content.OfType<ResourceLinkBlock>());
        Assert.Contains("Not saved", result.Text(), StringComparison.Ordinal);
        Assert.Contains("Use the link.", result.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_image_is_answered_with_a_handle_and_fetched_by_handle_task_id_or_key()
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        var client = await _shop.ConnectAsync("--wait", "0.5");
        var running = await client.GenerateAsync("a puppy");
        while (running.Word("percent") is null)
        {
            // On a busy machine, submitting took all the time of the call.
            running = await client.TaskAsync(running.Word("idempotency_key"));
        }

        Assert.Equal(("running", "yes", "6"), (running.Word("status"), running.Word("credits_spent"), running.Word("credits")));
        Assert.Equal("task_sim_000001", ImageTask.FromHandle(running.Word("handle")!).Id);
        Assert.Equal(
            "Simulated: nothing is charged, and images are placeholders.\n"
            + $"Running: task task_sim_000001, {running.Word("percent")} %, {running.Word("elapsed_seconds")} s so far, at most about "
                + $"{running.Word("expected_at_most_seconds")} s. It is charged (6 credits) and continues on its own.\n"
            + "Call get_image_task with handle \"task_sim_000001\": it waits for the image. Never call generate_image or edit_image "
                + "again for it.",
            running.Text());

        Assert.Equal("running", (await client.TaskAsync(running.Word("task_id"))).Word("status"));
        var open = await client.TaskAsync();
        Assert.Equal(("list", "running"), (open.Word("status"), open.Json().GetProperty("tasks")[0].GetProperty("status").GetString()));

        _shop.Time.Advance(Service.ProcessingTime);
        Assert.Equal("ready", (await client.TaskAsync(running.Word("handle"))).Word("status"));
        Assert.Equal("ready", (await client.TaskAsync(running.Word("task_id"))).Word("status"));
        Assert.Equal("ready", (await client.TaskAsync(running.Word("idempotency_key"))).Word("status"));
        Assert.Equal(
            "ready", (await client.CallAsync("get_image_task", null, ("handle", ParsedHandle(running.Word("handle")!)))).Word("status"));
        Assert.EndsWith("There are no tasks to fetch.", (await client.TaskAsync()).Text(), StringComparison.Ordinal);
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task Prices_and_models_cost_nothing()
    {
        var client = await _shop.ConnectAsync();

        var quote = await client.CallAsync("quote_image", null, ("model", "Pro"), ("size", "4K"), ("count", 2));
        var models = await client.CallAsync("list_models", null);

        Assert.Equal(("36", "18"), (quote.Word("credits"), quote.Word("credits_per_image")));
        Assert.Equal("13", models.Json().GetProperty("models")[0].GetProperty("prices").GetProperty("4K").ToString());
        Service.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_task_is_reported_and_charged_again_only_with_a_variation()
    {
        Service.Scenario.FailedImages(1, "No such thing.");
        var client = await _shop.ConnectAsync();

        var failed = await client.GenerateAsync("a puppy");
        var again = await client.GenerateAsync("a puppy");

        Assert.Equal(
            (true, "TaskFailed", "yes", "never"),
            (failed.IsError, failed.Word("error", "kind"), failed.Word("error", "credits_spent"), failed.Word("error", "retry")));
        Assert.Equal(
            "Try another model. The same call returns this failed task. To submit it again, at a new charge, pass a `variation`.",
            failed.Word("error", "suggestion"));
        Assert.Equal("TaskFailed", again.Word("error", "kind"));
        Service.Ledger.ShouldHaveCharged(6);
        Assert.Equal("ready", (await client.GenerateAsync("a puppy", new { variation = "again" })).Word("status"));
        Service.Ledger.ShouldHaveCharged(12);
    }

    private static System.Text.Json.JsonElement ParsedHandle(string handle) =>
        System.Text.Json.JsonDocument.Parse(handle).RootElement.Clone();
}
