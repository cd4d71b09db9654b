using ImaNanoBanana.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>Calls that are cancelled and servers that are killed lose nothing and buy nothing twice.</summary>
public sealed class InterruptionTests : IAsyncLifetime
{
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
    public async Task A_cancelled_call_leaves_its_task_in_the_journal()
    {
        var client = await _shop.ConnectAsync("--simulator-at", _proxy.Address);
        using var cancelled = new CancellationTokenSource();
        var call = client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a puppy" }, cancellationToken: cancelled.Token).AsTask();
        await _proxy.Ordered;

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal("ordering", (await client.TaskAsync()).Json().GetProperty("tasks")[0].GetProperty("status").GetString());
        _proxy.Release();

        var again = await client.GenerateAsync("a puppy");
        Assert.Equal(("ready", "True"), (again.Word("status"), again.Word("already_ordered")));
        Assert.Single(Service.Charges);
    }

    [Fact]
    public async Task A_call_cancelled_while_it_waits_leaves_its_task_too()
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        var client = await _shop.ConnectAsync();
        using var cancelled = new CancellationTokenSource();
        var accepted = new Seen();
        var call = client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a puppy" }, accepted, cancellationToken: cancelled.Token).AsTask();
        await accepted.Once;

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal("task_sim_000001", (await client.TaskAsync()).Json().GetProperty("tasks")[0].GetProperty("task_id").GetString());
        _shop.Time.Advance(Service.ProcessingTime);
        Assert.Equal("ready", (await client.TaskAsync("task_sim_000001")).Word("status"));
        Assert.Single(Service.Charges);
    }

    [Fact]
    public async Task An_answer_that_takes_longer_than_the_call_is_fetched_by_its_operation_key()
    {
        var client = await _shop.ConnectAsync("--simulator-at", _proxy.Address, "--wait", "0.3");

        var running = await client.GenerateAsync("a puppy");
        var again = await client.GenerateAsync("a puppy");

        Assert.Equal(("running", "unknown", null), (running.Word("status"), running.Word("credits_spent"), running.Word("task_id")));
        Assert.Contains($"get_image_task with handle \"{running.Word("operation_key")}\"", running.Text(), StringComparison.Ordinal);
        Assert.Equal(("running", "True", running.Word("operation_key")), (again.Word("status"), again.Word("already_ordered"), again.Word("operation_key")));

        _proxy.Release();
        CallToolResult fetched;
        do
        {
            fetched = await client.TaskAsync(running.Word("operation_key"));
        }
        while (fetched.Word("status") == "running");

        Assert.Equal("ready", fetched.Word("status"));
        Assert.Single(Service.Charges);
    }

    [Fact]
    public async Task Killed_during_an_order_it_is_not_ordered_again()
    {
        await using var killed = new ServerProcess(_shop, "--simulator-at", _proxy.Address);
        var client = await killed.ConnectAsync();
        var call = client.GenerateAsync("a puppy");
        await _proxy.Ordered;
        await killed.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);

        var restarted = await _shop.ConnectAsync("--wait", "0.3", "--budget", "11");
        var again = await restarted.GenerateAsync("a puppy");
        Assert.Equal(("running", "True"), (again.Word("status"), again.Word("already_ordered")));

        // The time for an answer is over: nobody will ever know.
        await _shop.LetTimePassAsync(TimeSpan.FromMinutes(3));
        var unknown = await restarted.GenerateAsync("a puppy");
        var asked = await restarted.TaskAsync(again.Word("operation_key"));
        Assert.Equal(("OutcomeUnknown", "unknown", "never"), (unknown.Word("error", "kind"), unknown.Word("error", "credits_spent"), unknown.Word("error", "retry")));
        Assert.Equal("OutcomeUnknown", asked.Word("error", "kind"));
        Assert.Equal("BudgetExceeded", (await restarted.GenerateAsync("a cat")).Word("error", "kind"));
        Assert.Single(Service.Charges);
    }

    [Fact]
    public async Task Killed_while_it_waits_another_server_hands_the_image_over()
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        await using var killed = new ServerProcess(_shop);
        var client = await killed.ConnectAsync();
        var accepted = new Seen();
        var call = client.CallToolAsync(
            "generate_image", new Dictionary<string, object?> { ["prompt"] = "a puppy" }, accepted, cancellationToken: TestContext.Current.CancellationToken).AsTask();
        await accepted.Once;
        await killed.KillAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);

        _shop.Time.Advance(Service.ProcessingTime);
        var restarted = await _shop.ConnectAsync();
        var open = (await restarted.TaskAsync()).Json().GetProperty("tasks")[0];
        Assert.Equal("ready", (await restarted.TaskAsync(open.GetProperty("task_id").GetString())).Word("status"));
        Assert.Equal(("ready", "True"), (await restarted.GenerateAsync("a puppy")) is var same ? (same.Word("status"), same.Word("already_ordered")) : default);
        Assert.Single(Service.Charges);
    }

    [Fact]
    public async Task A_server_whose_input_ends_writes_down_what_it_bought()
    {
        await using var ended = new ServerProcess(_shop, "--simulator-at", _proxy.Address);
        var client = await ended.ConnectAsync();
        var call = client.GenerateAsync("a puppy");
        await _proxy.Ordered;
        ended.Input.Close();
        await Task.Yield();
        _proxy.Release();
        await ended.ExitAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => call);

        Assert.Equal(0, ended.ExitCode);
        var restarted = await _shop.ConnectAsync();
        Assert.Equal(("ready", "True"), (await restarted.GenerateAsync("a puppy")) is var same ? (same.Word("status"), same.Word("already_ordered")) : default);
        Assert.Single(Service.Charges);
    }

    private sealed class Seen : IProgress<ProgressNotificationValue>
    {
        private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Once => _seen.Task.WaitAsync(TestContext.Current.CancellationToken);

        public void Report(ProgressNotificationValue value) => _seen.TrySetResult();
    }
}
