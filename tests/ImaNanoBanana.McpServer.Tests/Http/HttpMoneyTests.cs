using ImaNanoBanana.Testing;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests.Http;

/// <summary>Each remote user has a budget and tasks of their own, and identical calls of one user are charged once.</summary>
public sealed class HttpMoneyTests : IAsyncLifetime
{
    private readonly List<string> _questions = [];
    private Shop _shop = null!;
    private HttpServer _server = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _server = await HttpServer.StartAsync(_shop);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Identical_calls_of_one_user_are_charged_once_and_those_of_another_user_are_not_the_same()
    {
        var anna = await Task.WhenAll(
            _server.ConnectAsync(Users.Anna, "2025-03-26"),
            _server.ConnectAsync(Users.Anna, "2025-11-25"),
            _server.ConnectAsync(Users.Anna, "2026-07-28"));
        var ben = await _server.ConnectAsync(Users.Ben);

        var ofAnna = await Task.WhenAll(Enumerable.Range(0, 9).Select(number => anna[number % 3].GenerateAsync("a puppy")));
        var ofBen = await ben.GenerateAsync("a puppy");

        Assert.All(ofAnna, result => Assert.NotEqual(true, result.IsError));
        Assert.Equal("False", ofBen.Word("already_submitted"));
        Service.Ledger.ShouldHaveCharged(12);
        Assert.Equal(2, Service.Charges.Count);
    }

    [Fact]
    public async Task Each_user_has_a_budget_that_survives_a_restart()
    {
        var ben = await _server.ConnectAsync(Users.Ben);
        Assert.Equal("ready", (await ben.GenerateAsync("a puppy")).Word("status"));
        Assert.Equal("ready", (await ben.GenerateAsync("a cat")).Word("status"));
        Assert.Equal(0, await _server.TerminateAsync());

        await using var restarted = await HttpServer.StartAsync(_shop);
        var refused = await (await restarted.ConnectAsync(Users.Ben)).GenerateAsync("a bird");
        var ofAnna = await (await restarted.ConnectAsync(Users.Anna)).GenerateAsync("a bird");

        Assert.Equal(
            ("BudgetExceeded", "no", "after", "6", "1"),
            (refused.Word("error", "kind"), refused.Word("error", "credits_spent"), refused.Word("error", "retry"),
                refused.Word("error", "required_credits"), refused.Word("error", "allowed_credits")));
        Assert.Equal("ready", ofAnna.Word("status"));
        Service.Ledger.ShouldHaveCharged(18);
    }

    [Fact]
    public async Task The_limit_of_one_call_is_that_of_the_user()
    {
        var ben = await _server.ConnectAsync(Users.Ben);

        var refused = await ben.GenerateAsync("a puppy", new { model = "Pro", size = "4K", max_credits = 50 });

        Assert.Equal(
            "This call costs 18 credits. The limit for one call is 12. Nothing was submitted.", refused.Word("error", "reason"));
        Service.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_user_does_not_see_the_tasks_of_another()
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        var anna = await _server.ConnectAsync(Users.Anna);
        var ben = await _server.ConnectAsync(Users.Ben);

        var running = await anna.SubmitAsync("a puppy");

        Assert.Equal("running", running.Word("status"));
        Assert.Single((await anna.TaskAsync()).Json().GetProperty("tasks").EnumerateArray());
        Assert.Empty((await ben.TaskAsync()).Json().GetProperty("tasks").EnumerateArray());
        Assert.Equal("NotFound", (await ben.TaskAsync(running.Word("idempotency_key"))).Word("error", "kind"));
        var last = await ben.CallAsync("edit_image", null, ("prompt", "in snow"), ("images", new[] { "last" }));
        Assert.Equal("There is no earlier image.", last.Word("error", "reason"));
    }

    /// <summary>Two conversations of one user run at the same time: the last image of one is not that of the other.</summary>
    [Fact]
    public async Task The_last_image_is_that_of_the_conversation()
    {
        var first = await _server.ConnectAsync(Users.Anna, "2025-11-25");
        var second = await _server.ConnectAsync(Users.Anna, "2025-11-25");
        var newest = await _server.ConnectAsync(Users.Anna, "2026-07-28");
        var puppy = await first.GenerateAsync("a puppy");
        var cat = await second.GenerateAsync("a cat");

        var edited = await first.CallAsync("edit_image", null, ("prompt", "in snow"), ("images", new[] { "last" }));
        var uncertain = await newest.CallAsync("edit_image", null, ("prompt", "in snow"), ("images", new[] { "last" }));

        Assert.Equal("ready", edited.Word("status"));
        Assert.Contains(
            puppy.Json().GetProperty("images")[0].GetProperty("url").GetString()!,
            Service.Requests.Last(request => request.Endpoint == "create").Body!,
            StringComparison.Ordinal);
        Assert.Equal(("InvalidRequest", "no"), (uncertain.Word("error", "kind"), uncertain.Word("error", "credits_spent")));
        Assert.Contains(edited.Word("task_id")!, uncertain.Word("error", "reason"), StringComparison.Ordinal);
        Assert.NotEqual(cat.Word("task_id"), edited.Word("task_id"));
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_person_is_asked_once_for_each_image(string protocol)
    {
        var client = await _server.ConnectAsync(Users.Ben, Shop.Asking("accept", _questions, protocol));

        var first = await client.GenerateAsync("a puppy");
        var repeated = await client.GenerateAsync("a puppy");

        Assert.Equal(("ready", "ready"), (first.Word("status"), repeated.Word("status")));
        Assert.Equal(
            [
                "This will cost 6 credits. 13 of 13 credits are left in the budget of 24 hours.\nNano Banana 2, 1K, 1:1, 1 image: a puppy",
            ],
            _questions);
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [InlineData("decline", "2025-11-25")]
    [InlineData("decline", "2026-07-28")]
    [InlineData("cancel", "2026-07-28")]
    public async Task Without_the_persons_agreement_nothing_is_sent(string answer, string protocol)
    {
        var client = await _server.ConnectAsync(Users.Anna, Shop.Asking(answer, _questions, protocol));

        var result = await client.GenerateAsync("a puppy");

        Assert.Equal(
            ("NotConfirmed", "no", "never"),
            (result.Word("error", "kind"), result.Word("error", "credits_spent"), result.Word("error", "retry")));
        Assert.DoesNotContain(Service.Requests, request => request.Endpoint == "create");
    }

    /// <summary>A client without a session repeats the call with the answer. No more is charged than it showed.</summary>
    [Fact]
    public async Task A_price_that_rose_since_the_question_is_asked_again()
    {
        var raised = false;
        var options = Shop.Asking("accept", _questions, "2026-07-28");
        var accept = options.Handlers.ElicitationHandler!;
        options.Handlers.ElicitationHandler = (question, token) =>
        {
            if (!raised)
            {
                raised = true;
                Service.Scenario.PriceChange(9);
            }

            return accept(question, token);
        };
        var client = await _server.ConnectAsync(Users.Anna, options);

        var result = await client.GenerateAsync("a puppy");

        // The list of prices is cached, so that the service refuses the old price; the repeated call asks for the new one.
        Assert.Equal(("PriceChanged", "no"), (result.Word("error", "kind"), result.Word("error", "credits_spent")));
        Service.Ledger.ShouldBeEmpty();
        Assert.Equal("ready", (await client.GenerateAsync("a puppy")).Word("status"));
        Assert.Contains("cost 9 credits", _questions[^1], StringComparison.Ordinal);
        Service.Ledger.ShouldHaveCharged(9);
    }
}
