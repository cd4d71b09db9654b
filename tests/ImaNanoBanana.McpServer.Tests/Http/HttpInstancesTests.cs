using ImaNanoBanana.PostgreSql.Tests.Database;
using ImaNanoBanana.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests.Http;

/// <summary>Several instances of the server share a database.</summary>
public sealed class HttpInstancesTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Sessions = 50;
    private const int Prompts = 10;

    private Shop _shop = null!;
    private string _database = "";

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _database = await postgres.CreateDatabaseAsync();
    }

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task Fifty_sessions_at_two_instances_submit_each_image_once_within_the_budgets()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(number =>
            (number % 2 == 0 ? one : two).ConnectAsync(number % 5 == 4 ? Users.Ben : Users.Anna, Protocols[number % Protocols.Length])));

        var results = await Task.WhenAll(clients.Select((client, number) => client.GenerateAsync(
            $"puppy {number % Prompts}", new { variation = number % 5 == 4 ? "of ben" : "of anna" })));

        // Anna's forty sessions ask for eight images, each five times: 48 credits. Ben's budget has room for one or two of his two.
        var ofAnna = results.Where((_, number) => number % 5 != 4).ToList();
        Assert.All(ofAnna, result => Assert.Equal("ready", result.Word("status")));
        Assert.Equal(8, ofAnna.Select(result => result.Word("task_id")).Distinct().Count());
        Assert.Equal(8, ofAnna.Count(result => result.Word("already_submitted") == "False"));
        Assert.All(
            results.Except(ofAnna),
            result => Assert.True(result.Word("status") == "ready" || result.Word("error", "kind") == "BudgetExceeded", result.Text()));
        Service.Ledger.ShouldHaveCharged(48 + 12);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_killed_instance_loses_no_image_and_no_session(string protocol)
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        var client = await one.ConnectAsync(Users.Anna, protocol);
        var running = await client.SubmitAsync("a puppy");

        await one.KillAsync();
        _shop.Time.Advance(TimeSpan.FromMinutes(2));
        var moved = await two.ContinueAsync(Users.Anna, client);
        var found = await moved.TaskAsync(running.Word("handle"));
        var repeated = await moved.GenerateAsync("a puppy");

        Assert.Equal(("ready", "ready"), (found.Word("status"), repeated.Word("status")));
        Assert.Equal(("True", running.Word("task_id")), (repeated.Word("already_submitted"), repeated.Word("task_id")));
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task A_session_continues_only_for_its_own_user()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        var client = await one.ConnectAsync(Users.Anna, "2025-11-25");
        await one.KillAsync();

        using var ben = two.Browser(Users.Ben);
        ben.DefaultRequestHeaders.Add("Mcp-Session-Id", client.SessionId);
        using var answer = await ben.PostAsync(
            two.McpAddress,
            new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"ping"}""", System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_session_that_its_client_ended_does_not_continue()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        var client = await one.ConnectAsync(Users.Anna, "2025-11-25");
        using var anna = two.Browser(Users.Anna);
        anna.DefaultRequestHeaders.Add("Mcp-Session-Id", client.SessionId);
        using var ofAnna = one.Browser(Users.Anna);
        ofAnna.DefaultRequestHeaders.Add("Mcp-Session-Id", client.SessionId);

        using var deleted = await ofAnna.DeleteAsync(one.McpAddress, TestContext.Current.CancellationToken);
        using var answer = await anna.PostAsync(
            two.McpAddress,
            new StringContent(
                """{"jsonrpc":"2.0","id":1,"method":"ping"}""", System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>The session has the context of its first request, which has ended.</summary>
    [Fact]
    public async Task A_session_can_be_begun_again()
    {
        await using var one = await StartAsync();
        var client = await one.ConnectAsync(Users.Anna, "2025-11-25");
        using var anna = one.Browser(Users.Anna);
        anna.DefaultRequestHeaders.Add("Mcp-Session-Id", client.SessionId);

        using var again = await anna.PostAsync(
            one.McpAddress,
            new StringContent(
                """
                {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},
                "clientInfo":{"name":"test","version":"1"}}}
                """,
                System.Text.Encoding.UTF8,
                "application/json"),
            TestContext.Current.CancellationToken);

        Assert.NotEqual(System.Net.HttpStatusCode.InternalServerError, again.StatusCode);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_reported_before_the_server_starts()
    {
        var (code, errors) = await HttpServer.RefusedWithAsync(_shop, "Host=127.0.0.1;Port=1;Username=nobody;Timeout=1");

        Assert.Equal(1, code);
        Assert.StartsWith("The server could not start: ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    /// <summary>Kills an instance while it submits for 25 sessions; the clients repeat their calls at the other instance.</summary>
    [Fact]
    public async Task Calls_repeated_at_the_other_instance_after_a_kill_are_never_charged_twice()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync();
        var clients = await Task.WhenAll(
            Enumerable.Range(0, Sessions / 2).Select(_ => one.ConnectAsync(Users.Anna, "2026-07-28")));
        var calls = clients.Select((client, number) => EndAsync(client.GenerateAsync($"puppy {number % Prompts}"))).ToList();
        await Task.WhenAny(calls);
        await one.KillAsync();
        await Task.WhenAll(calls);

        var charged = Service.Charges.Count;
        var other = await two.ConnectAsync(Users.Anna, "2026-07-28");
        var repeated = await Task.WhenAll(
            Enumerable.Range(0, Prompts).Select(number => other.GenerateAsync($"puppy {number}", new { wait_seconds = 1 })));

        // What the killed instance was submitting is known to the journal, and is not submitted again.
        Assert.InRange(charged, 1, Prompts);
        Assert.All(repeated, result => Assert.True(
            result.Word("status") is "ready" or "running" || result.Word("error", "kind") is "OutcomeUnknown", result.Text()));
        Assert.InRange(Service.Charges.Count, charged, Prompts);
        Assert.Equal(Service.Charges.Count, Service.Charges.Select(charge => charge.Prompt).Distinct().Count());
    }

    private static string[] Protocols { get; } = ["2025-06-18", "2025-11-25", "2026-07-28"];

    private Task<HttpServer> StartAsync() => HttpServer.StartWithAsync(_shop, _database);

    /// <summary>Waits for the end of a call, whether it succeeds or its server is killed.</summary>
    private static async Task EndAsync(Task<CallToolResult> call) =>
        await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
