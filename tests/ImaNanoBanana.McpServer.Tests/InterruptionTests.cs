using System.Text.Json;
using ImaNanoBanana.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>When a call is cancelled or a server is killed, no task is lost and nothing is charged twice.</summary>
public sealed class InterruptionTests : IAsyncLifetime
{
    private const string Generate =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"generate_image","arguments":{"prompt":"a puppy"},"_meta":{"progressToken":"p"}}}""";

    private const string Cancel = """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}""";

    private const string List = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"get_image_task"}}""";

    private Shop _shop = null!;
    private HoldingProxy _proxy = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync()
    {
        _shop = await Shop.OpenAsync();
        _proxy = await HoldingProxy.StartAsync(_shop.Environment()["IMA_SIMULATOR"]!);
    }

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_call_cancelled_while_it_submits_leaves_its_task_in_the_journal()
    {
        await using var server = new ServerProcess(_shop, "--simulator-at", _proxy.Address);
        await server.StartSessionAsync();
        await server.SendAsync(Generate);
        await _proxy.Submitted;

        await server.SendAsync(Cancel);
        await server.SendAsync(List);
        Assert.Equal("submitting", Listed(await server.ReadAsync(IsList)).GetProperty("status").GetString());
        server.Input.Close();
        _proxy.Release();
        await server.ExitAsync();

        Assert.Contains("'tools/call' request handler failed", server.Errors, StringComparison.Ordinal);
        await AnotherServerHasItAsync();
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_leaves_its_task_in_the_journal()
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        await using var server = new ServerProcess(_shop);
        await server.StartSessionAsync();
        await server.SendAsync(Generate);
        var progress = (
            await server.ReadAsync(
                message => message.TryGetProperty("method", out var method)
                    && method.GetString() == "notifications/progress")).GetProperty("params");
        Assert.Equal(("p", 100), (progress.GetProperty("progressToken").GetString(), progress.GetProperty("total").GetInt32()));
        Assert.Matches("^Generating… [0-9]+%, [0-9]+ s so far$", progress.GetProperty("message").GetString());

        await server.SendAsync(Cancel);
        await server.SendAsync(List);
        Assert.Equal("task_sim_000001", Listed(await server.ReadAsync(IsList)).GetProperty("task_id").GetString());
        server.Input.Close();
        await server.ExitAsync();

        Assert.Contains("Cancelled while watching task task_sim_000001", server.Errors, StringComparison.Ordinal);
        _shop.Time.Advance(Service.ProcessingTime);
        await AnotherServerHasItAsync();
    }

    [Fact]
    public async Task An_answer_that_takes_longer_than_the_call_is_fetched_by_its_idempotency_key()
    {
        var client = await _shop.ConnectAsync("--simulator-at", _proxy.Address, "--wait", "0.3");

        var running = await client.GenerateAsync("a puppy");
        var again = await client.GenerateAsync("a puppy");

        Assert.Equal(("running", "unknown", null), (running.Word("status"), running.Word("credits_spent"), running.Word("task_id")));
        Assert.Contains($"get_image_task with handle \"{running.Word("idempotency_key")}\"", running.Text(), StringComparison.Ordinal);
        Assert.Equal(
            ("running", "True", running.Word("idempotency_key")),
            (again.Word("status"), again.Word("already_submitted"), again.Word("idempotency_key")));

        _proxy.Release();
        CallToolResult fetched;
        do
        {
            fetched = await client.TaskAsync(running.Word("idempotency_key"));
        }
        while (fetched.Word("status") == "running");

        Assert.Equal("ready", fetched.Word("status"));
        Assert.Single(Service.Charges);
    }

    [Fact]
    public async Task After_a_kill_during_a_submission_nothing_is_submitted_again()
    {
        await using var killed = new ServerProcess(_shop, "--simulator-at", _proxy.Address);
        var client = await killed.ConnectAsync();
        var call = client.GenerateAsync("a puppy");
        await _proxy.Submitted;
        await killed.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);

        var restarted = await _shop.ConnectAsync("--wait", "0.3", "--budget", "11");
        var again = await restarted.GenerateAsync("a puppy");
        Assert.Equal(("running", "True"), (again.Word("status"), again.Word("already_submitted")));

        // The time for a response is over, so the outcome stays unknown.
        await _shop.LetTimePassAsync(TimeSpan.FromMinutes(3));
        var unknown = await restarted.GenerateAsync("a puppy");
        var asked = await restarted.TaskAsync(again.Word("idempotency_key"));
        Assert.Equal(
            ("OutcomeUnknown", "unknown", "never"),
            (unknown.Word("error", "kind"), unknown.Word("error", "credits_spent"), unknown.Word("error", "retry")));
        Assert.Equal("OutcomeUnknown", asked.Word("error", "kind"));
        Assert.Equal("BudgetExceeded", (await restarted.GenerateAsync("a cat")).Word("error", "kind"));
        Assert.Single(Service.Charges);
    }

    [Fact]
    public async Task After_a_kill_while_waiting_another_server_delivers_the_image()
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        await using var killed = new ServerProcess(_shop);
        var client = await killed.ConnectAsync();
        var accepted = new Seen();
        var call = client.CallToolAsync(
            "generate_image",
            new Dictionary<string, object?> { ["prompt"] = "a puppy" },
            accepted,
            cancellationToken: TestContext.Current.CancellationToken).AsTask();
        await accepted.Once;
        await killed.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);

        _shop.Time.Advance(Service.ProcessingTime);
        var restarted = await _shop.ConnectAsync();
        var open = (await restarted.TaskAsync()).Json().GetProperty("tasks")[0];
        Assert.Equal("ready", (await restarted.TaskAsync(open.GetProperty("task_id").GetString())).Word("status"));
        await AnotherServerHasItAsync();
    }

    [Fact]
    public async Task After_a_kill_during_the_download_the_image_does_not_count_as_delivered()
    {
        Service.Script("image", new SimulatedFault { Delay = TimeSpan.FromMinutes(7) });
        await using var killed = new ServerProcess(_shop);
        await killed.StartSessionAsync();
        await killed.SendAsync(Generate);
        await _shop.Time.WaitForTimerAsync(TimeSpan.FromMinutes(7), TestContext.Current.CancellationToken);
        await killed.KillAsync();

        var restarted = await _shop.ConnectAsync();
        Assert.Equal("task_sim_000001", (await restarted.TaskAsync()).Json().GetProperty("tasks")[0].GetProperty("task_id").GetString());
        await AnotherServerHasItAsync();
    }

    [Fact]
    public async Task A_server_whose_input_ends_records_the_charged_task()
    {
        await using var ended = new ServerProcess(_shop, "--simulator-at", _proxy.Address);
        var client = await ended.ConnectAsync();
        var call = client.GenerateAsync("a puppy");
        await _proxy.Submitted;
        ended.Input.Close();
        await Task.Yield();
        _proxy.Release();
        await ended.ExitAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);

        Assert.Equal(0, ended.ExitCode);
        await AnotherServerHasItAsync();
    }

    [Fact]
    public async Task A_server_that_is_terminated_records_the_charged_task()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The signal is sent by kill.");
        await using var server = new ServerProcess(_shop, "--simulator-at", _proxy.Address);
        await server.StartSessionAsync();
        await server.SendAsync(Generate);
        await _proxy.Submitted;

        await server.TerminateAsync();
        await server.SaysAsync("'tools/call' request handler failed");
        _proxy.Release();
        await server.ExitAsync();

        Assert.Equal(0, server.ExitCode);
        await AnotherServerHasItAsync();
    }

    private static bool IsList(JsonElement message) => message.TryGetProperty("id", out var id) && id.ToString() == "2";

    private static JsonElement Listed(JsonElement message) =>
        message.GetProperty("result").GetProperty("structuredContent").GetProperty("tasks")[0];

    private async Task AnotherServerHasItAsync()
    {
        var another = await _shop.ConnectAsync();
        var again = await another.GenerateAsync("a puppy");
        Assert.Equal(("ready", "True", "task_sim_000001"), (again.Word("status"), again.Word("already_submitted"), again.Word("task_id")));
        Assert.Equal("ready", (await another.TaskAsync("task_sim_000001")).Word("status"));
        Assert.Single(Service.Charges);
    }

    private sealed class Seen : IProgress<ProgressNotificationValue>
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Once => _seen.Task.WaitAsync(TestContext.Current.CancellationToken);

        public void Report(ProgressNotificationValue value) => _seen.TrySetResult();
    }
}
