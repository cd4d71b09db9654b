using ImaNanoBanana.Mcp.Files;
using ImaNanoBanana.Testing;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>An agent can edit its earlier images without copying links, and never edits another image by mistake.</summary>
public sealed class EarlierImageTests : IAsyncLifetime
{
    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    [Fact]
    public async Task The_last_image_is_edited_and_a_repeated_call_returns_the_same_task()
    {
        var client = await _shop.ConnectAsync();
        var first = await client.GenerateAsync("a puppy");

        var edited = await EditAsync(client, "last");
        var repeated = await EditAsync(client, "LAST");
        var byId = await EditAsync(client, first.Word("task_id")!);
        var byKey = await EditAsync(client, first.Word("idempotency_key")!);
        var byHandle = await EditAsync(client, first.Word("handle")!);

        Assert.Equal(("ready", "False"), (edited.Word("status"), edited.Word("already_submitted")));
        Assert.All(
            [repeated, byId, byKey, byHandle],
            answer => Assert.Equal((edited.Word("task_id"), "True"), (answer.Word("task_id"), answer.Word("already_submitted"))));
        Service.Ledger.ShouldHaveCharged(12);
        Assert.Contains(Url(first), Created(1), StringComparison.Ordinal);
        Assert.DoesNotContain("image.invalid", Created(1), StringComparison.Ordinal);

        var further = await EditAsync(client, "last", "b");
        Assert.Equal("ready", further.Word("status"));
        Assert.Contains(Url(edited), Created(2), StringComparison.Ordinal);

        await client.GenerateAsync("a cat");
        Assert.Equal("False", (await EditAsync(client, "last")).Word("already_submitted"));
        Service.Ledger.ShouldHaveCharged(30);
    }

    [Fact]
    public async Task A_call_repeated_after_a_restart_is_not_charged_again()
    {
        var client = await _shop.ConnectAsync();
        await client.GenerateAsync("a puppy");
        var edited = await EditAsync(client, "last");

        var restarted = await _shop.ConnectAsync();
        var repeated = await EditAsync(restarted, "last");

        Assert.Equal((edited.Word("task_id"), "True"), (repeated.Word("task_id"), repeated.Word("already_submitted")));
        Service.Ledger.ShouldHaveCharged(12);
    }

    [Fact]
    public async Task A_new_server_names_the_newest_image_instead_of_guessing()
    {
        var first = await (await _shop.ConnectAsync()).GenerateAsync("a puppy");
        var another = await _shop.ConnectAsync();

        var refused = await EditAsync(another, "last");

        Assert.Equal(
            (true, "InvalidRequest", "no", "after"),
            (refused.IsError, refused.Word("error", "kind"), refused.Word("error", "credits_spent"), refused.Word("error", "retry")));
        Assert.Contains($"pass \"{first.Word("task_id")}\"", refused.Word("error", "reason"), StringComparison.Ordinal);
        Assert.Equal("ready", (await EditAsync(another, first.Word("task_id")!)).Word("status"));
        Service.Ledger.ShouldHaveCharged(12);
    }

    [Fact]
    public async Task Of_several_images_one_must_be_named()
    {
        var client = await _shop.ConnectAsync();
        var two = await client.GenerateAsync("a puppy", new { count = 2 });
        var id = two.Word("task_id")!;

        var refused = await EditAsync(client, "last");
        var missing = await EditAsync(client, id + "#3");

        Assert.Equal($"The task has 2 images. Name one of them: {id}#1, {id}#2.", refused.Word("error", "reason"));
        Assert.Equal($"The task {id} has no image 3; it has 2.", missing.Word("error", "reason"));
        Service.Ledger.ShouldHaveCharged(12);

        Assert.Equal("ready", (await EditAsync(client, "last#2")).Word("status"));
        Assert.Contains(
            two.Json().GetProperty("images")[1].GetProperty("url").GetString()!, Created(1), StringComparison.Ordinal);
        Service.Ledger.ShouldHaveCharged(18);
    }

    [Fact]
    public async Task Without_a_finished_image_nothing_is_submitted()
    {
        var client = await _shop.ConnectAsync("--wait", "0.3");
        Assert.Equal("There is no earlier image.", (await EditAsync(client, "last")).Word("error", "reason"));

        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        CallToolResult running;
        do
        {
            running = await client.GenerateAsync("a puppy");
        }
        while (running.Word("task_id") is null);

        Assert.Contains("is not finished", (await EditAsync(client, "last")).Word("error", "reason"), StringComparison.Ordinal);
        Assert.Contains(
            "has no image to edit", (await EditAsync(client, running.Word("task_id")!)).Word("error", "reason"), StringComparison.Ordinal);
        Service.Ledger.ShouldHaveCharged(6);
    }

    [Theory]
    [InlineData("task_1", "task_1", null)]
    [InlineData("task_1#2", "task_1", 2)]
    [InlineData("last#10", "last", 10)]
    [InlineData("#2", "#2", null)]
    [InlineData("a#b", "a#b", null)]
    [InlineData("a#-1", "a#-1", null)]
    public void A_reference_has_an_id_and_perhaps_a_number(string text, string id, int? number) =>
        Assert.Equal((id, number), EarlierImage.Split(text));

    private static string Url(CallToolResult answer) => answer.Json().GetProperty("images")[0].GetProperty("url").GetString()!;

    private static Task<CallToolResult> EditAsync(McpClient client, string image, string? variation = null) =>
        client.CallAsync("edit_image", null, ("prompt", "an oil painting"), ("images", new[] { image }), ("variation", variation));

    private string Created(int index) => Service.Requests.Where(request => request.Endpoint == "create").ElementAt(index).Body!;
}
