using System.Text.Json;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>A call answers when its time ends, whatever it waits for, and nothing is lost.</summary>
public sealed class CallTimeTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _questions;
    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _decided.TrySetResult("cancel");
        return _shop.DisposeAsync();
    }

    [Fact]
    public async Task A_person_who_thinks_longer_than_the_call_is_asked_once_and_charged_once()
    {
        var client = await _shop.ConnectAsync(Thinking("2025-06-18"), "--wait", "0.2");

        var asking = await client.GenerateAsync("a puppy");
        var repeated = await client.GenerateAsync("a puppy");
        var fetched = await client.TaskAsync(asking.Word("idempotency_key"));

        Assert.All([asking, repeated, fetched], answer => Assert.Equal(
            ("running", "True", "no", null),
            (answer.Word("status"), answer.Word("waits_for_person"), answer.Word("credits_spent"), answer.Word("task_id"))));
        Assert.Contains("the person has not agreed to the price yet", asking.Text(), StringComparison.Ordinal);
        Service.Ledger.ShouldBeEmpty();

        _decided.SetResult("accept");
        CallToolResult ready;
        do
        {
            ready = await client.TaskAsync(asking.Word("idempotency_key"));
        }
        while (ready.Word("status") == "running");

        Assert.Equal(("ready", 1), (ready.Word("status"), _questions));
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Fact]
    public async Task A_person_who_declines_after_the_call_has_ended_pays_nothing()
    {
        var client = await _shop.ConnectAsync(Thinking("2025-06-18"), "--wait", "0");
        var asking = await client.GenerateAsync("a puppy");
        Assert.Equal("True", asking.Word("waits_for_person"));

        _decided.SetResult("decline");
        CallToolResult declined;
        do
        {
            declined = await client.TaskAsync(asking.Word("idempotency_key"));
        }
        while (declined.Word("status") == "running");

        Assert.Contains(declined.Word("error", "kind"), (string[])["NotConfirmed", "NotFound"]);
        Assert.NotEqual("yes", declined.Word("error", "credits_spent"));
        Service.Ledger.ShouldBeEmpty();
    }

    /// <summary>In this version the person thinks between two requests, so that no call waits meanwhile.</summary>
    [Fact]
    public async Task Between_two_requests_the_person_can_take_any_time()
    {
        var client = await _shop.ConnectAsync(Thinking("2026-07-28"), "--wait", "0");

        var call = client.GenerateAsync("a puppy");
        await _asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        var repeated = await client.GenerateAsync("a puppy");
        _decided.SetResult("accept");
        var answer = await call;

        Assert.Equal(
            ("running", "True", "no"),
            (repeated.Word("status"), repeated.Word("waits_for_person"), repeated.Word("credits_spent")));
        Assert.Equal(("running", null), (answer.Word("status"), answer.Word("waits_for_person")));
        CallToolResult ready;
        do
        {
            ready = await client.TaskAsync(answer.Word("idempotency_key"));
        }
        while (ready.Word("status") == "running");

        Assert.Equal(("ready", 1), (ready.Word("status"), _questions));
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0.2")]
    public async Task A_call_can_wait_shorter_than_the_server_would(string seconds)
    {
        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        var client = await _shop.ConnectAsync("--wait", "600");
        var wait = JsonDocument.Parse(seconds).RootElement;

        var running = await client.GenerateAsync("a puppy", new { wait_seconds = wait });
        var still = await client.CallAsync(
            "get_image_task", null, ("handle", running.Word("idempotency_key")), ("wait_seconds", wait));

        Assert.Equal(("running", "running"), (running.Word("status"), still.Word("status")));
        _shop.Time.Advance(Service.ProcessingTime);
        Assert.Equal("ready", (await client.TaskAsync(running.Word("idempotency_key"))).Word("status"));
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [InlineData(null, 45)]
    [InlineData(0, 0)]
    [InlineData(30, 30)]
    [InlineData(-5, 0)]
    [InlineData(100_000, 600)]
    public void A_caller_chooses_the_wait_from_0_to_600_seconds(int? asked, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), CallBudget.Choose(TimeSpan.FromSeconds(45), asked));

    /// <summary>A submission that has not begun when the time of its call ends does not begin.</summary>
    [Fact]
    public void The_preparation_ends_with_the_call_but_has_at_least_20_seconds()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var shortCall = new CallBudget(TimeSpan.Zero, null, time, CancellationToken.None);
        using var longCall = new CallBudget(TimeSpan.FromSeconds(45), null, time, CancellationToken.None);

        Assert.Equal((true, false), (shortCall.Waiting.IsCancellationRequested, shortCall.Preparing.IsCancellationRequested));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((true, false), (shortCall.Preparing.IsCancellationRequested, longCall.Preparing.IsCancellationRequested));
        time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal((true, true), (longCall.Preparing.IsCancellationRequested, longCall.Waiting.IsCancellationRequested));
    }

    private McpClientOptions Thinking(string protocol) => new()
    {
        ProtocolVersion = protocol,
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = async (_, _) =>
            {
                Interlocked.Increment(ref _questions);
                _asked.TrySetResult();
                return new ElicitResult { Action = await _decided.Task };
            },
        },
    };
}
