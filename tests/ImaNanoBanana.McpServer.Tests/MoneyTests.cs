using ImaNanoBanana.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>Nothing is charged twice, and nothing is charged beyond the person's limits.</summary>
public sealed class MoneyTests : IAsyncLifetime
{
    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task An_identical_call_returns_the_existing_task_until_the_window_ends()
    {
        var client = await _shop.ConnectAsync();

        var first = await client.GenerateAsync("a puppy", new { size = "1k" });
        var second = await client.GenerateAsync("a puppy", new { size = "1K", count = 1, model = "Nano Banana 2" });

        Assert.Equal(("False", "True"), (first.Word("already_submitted"), second.Word("already_submitted")));
        Assert.Equal(first.Word("task_id"), second.Word("task_id"));
        Assert.EndsWith(
            "An earlier identical call submitted this task. This call was not charged. For another image from the same prompt, "
                + "pass a `variation`.",
            second.Text(),
            StringComparison.Ordinal);
        Service.Ledger.ShouldHaveCharged(6);

        Assert.NotEqual(
            first.Word("task_id"), (await client.GenerateAsync("a puppy", new { size = "1K", variation = "b" })).Word("task_id"));
        Service.Ledger.ShouldHaveCharged(12);

        // Also from a restarted server, and just before the window ends.
        await _shop.LetTimePassAsync(TimeSpan.FromMinutes(59));
        var restarted = await _shop.ConnectAsync();
        Assert.Equal(first.Word("task_id"), (await restarted.GenerateAsync("a puppy", new { size = "1K" })).Word("task_id"));
        Service.Ledger.ShouldHaveCharged(12);

        await _shop.LetTimePassAsync(TimeSpan.FromMinutes(1));
        var later = await restarted.GenerateAsync("a puppy", new { size = "1K" });
        Assert.Equal("False", later.Word("already_submitted"));
        Assert.Equal(first.Word("idempotency_key")![..^1] + "2", later.Word("idempotency_key"));
        Service.Ledger.ShouldHaveCharged(18);
        Assert.Equal(later.Word("task_id"), (await client.GenerateAsync("a puppy", new { size = "1K" })).Word("task_id"));
        Service.Ledger.ShouldHaveCharged(18);
    }

    [Fact]
    public async Task Identical_calls_at_once_submit_once_in_one_process_and_in_two()
    {
        McpClient[] clients = await Task.WhenAll(_shop.ConnectAsync(), _shop.ConnectAsync());

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => clients[number % 2].GenerateAsync("a puppy")));

        Assert.All(results, result => Assert.Equal("ready", result.Word("status")));
        Assert.Single(results.Select(result => result.Word("task_id")).Distinct());
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task One_call_costs_no_more_than_the_server_and_the_call_allow()
    {
        var client = await _shop.ConnectAsync("--max-credits", "10");

        var tooExpensive = await client.GenerateAsync("a puppy", new { model = "Pro", size = "4K", max_credits = 50 });
        var lowered = await client.GenerateAsync("a puppy", new { max_credits = 5.5 });

        Assert.Equal((true, "BudgetExceeded", "no", "never", "18", "10"), Limit(tooExpensive));
        Assert.Equal(
            "Simulated: nothing is charged, and images are placeholders.\n"
            + "Failed: This call costs 18 credits. The limit for one call is 10. Nothing was submitted.\n"
            + "To do: Choose a smaller size, fewer images or the cheaper model. Only the person who runs the server can raise "
                + "--max-credits.\n"
            + "Credits spent: no. Repeat this call: never.",
            tooExpensive.Text());
        Assert.Equal((true, "BudgetExceeded", "no", "never", "6", "5.5"), Limit(lowered));
        Assert.Equal("This call costs 6 credits. The limit for one call is 5.5. Nothing was submitted.", lowered.Word("error", "reason"));
        Assert.DoesNotContain(Service.Requests, request => request.Endpoint == "create");
        Assert.Equal("ready", (await client.GenerateAsync("a puppy", new { model = "Pro" })).Word("status"));
    }

    [Fact]
    public async Task The_budget_holds_across_restarts()
    {
        var client = await _shop.ConnectAsync("--budget", "15");
        Assert.Equal("ready", (await client.GenerateAsync("a puppy")).Word("status"));
        Assert.Equal("ready", (await client.GenerateAsync("a cat")).Word("status"));

        var restarted = await _shop.ConnectAsync("--budget", "15");
        var refused = await restarted.GenerateAsync("a bird");

        Assert.Equal((true, "BudgetExceeded", "no", "after", "6", "3"), Limit(refused));
        Assert.Equal(
            "This call costs 6 credits. Of the budget of 15 credits in 24 hours, 3 are left and 12 are spent. Nothing was submitted.",
            refused.Word("error", "reason"));
        Assert.InRange(
            double.Parse(refused.Word("error", "retry_after_seconds")!, System.Globalization.CultureInfo.InvariantCulture),
            23.5 * 3600,
            24.0 * 3600);
        Assert.Equal("True", (await restarted.GenerateAsync("a cat")).Word("already_submitted"));
        Service.Ledger.ShouldHaveCharged(12);
    }

    [Fact]
    public async Task Submissions_at_once_do_not_spend_the_same_credits()
    {
        var client = await _shop.ConnectAsync("--budget", "13");

        var results = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => client.GenerateAsync($"puppy {number}")));

        Assert.Equal(2, results.Count(result => result.Word("status") == "ready"));
        Assert.Equal(3, results.Count(result => result.Word("error", "kind") == "BudgetExceeded"));
        Service.Ledger.ShouldHaveCharged(12);
    }

    /// <summary>While the person of one server is thinking, another server submits.</summary>
    [Fact]
    public async Task Credits_that_another_server_spent_meanwhile_are_not_spent_again()
    {
        var asked = new TaskCompletionSource();
        var agreed = new TaskCompletionSource();
        var options = new McpClientOptions
        {
            Handlers = new McpClientHandlers
            {
                ElicitationHandler = async (_, _) =>
                {
                    asked.SetResult();
                    await agreed.Task;
                    return new ElicitResult { Action = "accept" };
                },
            },
        };
        var one = await _shop.ConnectAsync(options, "--budget", "11");
        var other = await _shop.ConnectAsync("--budget", "11");

        var waiting = one.GenerateAsync("a puppy");
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("ready", (await other.GenerateAsync("a cat")).Word("status"));
        agreed.SetResult();
        var refused = await waiting;

        Assert.Equal((true, "BudgetExceeded", "no", "after", "6", "5"), Limit(refused));
        Assert.Equal(
            "This call costs 6 credits. Of the budget of 11 credits in 24 hours, 5 are left and 6 are spent. Nothing was submitted.",
            refused.Word("error", "reason"));
        Service.Ledger.ShouldHaveCharged(6);
        Assert.Equal("BudgetExceeded", (await one.GenerateAsync("a puppy")).Word("error", "kind"));
        Assert.Empty((await one.TaskAsync()).Json().GetProperty("tasks").EnumerateArray());
    }

    [Fact]
    public async Task Submissions_at_once_of_several_servers_stay_within_the_budget()
    {
        var clients = new[] { await _shop.ConnectAsync("--budget", "13"), await _shop.ConnectAsync("--budget", "13") };

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => clients[number % 2].GenerateAsync($"puppy {number}")));

        // Submissions at the same moment may all be rejected.
        var submitted = results.Count(result => result.Word("status") == "ready");
        Assert.InRange(submitted, 0, 2);
        Assert.Equal(8 - submitted, results.Count(result => result.Word("error", "kind") == "BudgetExceeded"));
        Service.Ledger.ShouldHaveCharged(6 * submitted);
    }

    [Fact]
    public async Task A_submission_with_unknown_outcome_counts_as_spent_and_is_never_submitted_again_automatically()
    {
        Service.Scenario.AcceptThenDrop();
        var client = await _shop.ConnectAsync("--budget", "11");

        var unknown = await client.GenerateAsync("a puppy");
        await _shop.LetTimePassAsync(TimeSpan.FromHours(2));
        var again = await client.GenerateAsync("a puppy");
        var other = await client.GenerateAsync("a cat");

        Assert.Equal(
            (true, "OutcomeUnknown", "unknown", "never"),
            (unknown.IsError, unknown.Word("error", "kind"), unknown.Word("error", "credits_spent"), unknown.Word("error", "retry")));
        Assert.Equal(
            ("OutcomeUnknown", "unknown", "never"),
            (again.Word("error", "kind"), again.Word("error", "credits_spent"), again.Word("error", "retry")));
        Assert.Equal(
            "Check your credits before you submit it again. Ask the person to check the account history (https://imagent.bot). "
                + "Only a call with a `variation` submits it again. Make that call only if the person wants it.",
            again.Word("error", "suggestion"));
        Assert.Equal("BudgetExceeded", other.Word("error", "kind"));
        Assert.Equal("unknown", (await client.TaskAsync()).Json().GetProperty("tasks")[0].GetProperty("status").GetString());
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task Rejections_by_the_service_spend_nothing_and_free_the_budget()
    {
        Service.Scenario.InsufficientCredits();
        var client = await _shop.ConnectAsync("--budget", "6");

        var refused = await client.GenerateAsync("a puppy");

        Assert.Equal(
            "Simulated: nothing is charged, and images are placeholders.\n"
            + "Failed: Not enough credits for this image\n"
            + "To do: Buy credits: https://www.imaclaw.ai/imaclaw/subscription\n"
            + $"Detail: {refused.Word("error", "detail")}\n"
            + "Credits spent: no. Repeat this call: after.",
            refused.Text());
        Assert.Equal("ready", (await client.GenerateAsync("a puppy")).Word("status"));
        Service.Ledger.ShouldHaveCharged(6);
    }

    private static (bool?, string?, string?, string?, string?, string?) Limit(CallToolResult result) => (
        result.IsError, result.Word("error", "kind"), result.Word("error", "credits_spent"), result.Word("error", "retry"),
        result.Word("error", "required_credits"), result.Word("error", "allowed_credits"));
}
