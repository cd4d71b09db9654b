using System.Globalization;
using ImaNanoBanana.Testing;
using ModelContextProtocol.Protocol;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>Each error says what happened, whether credits were spent, and what to do.</summary>
public sealed class ErrorTextTests : IAsyncLifetime
{
    private const string Supported = "Supported formats: PNG, JPEG, WebP, GIF. Nothing was submitted.";

    private static readonly byte[] Heic = [.. "....ftypheic"u8, .. new byte[52]];

    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    public static TheoryData<string, string, string> SourceImages() => new()
    {
        { "http://example.com/a.png", "detail", "uses plain http. Use https or a local file. Nothing was submitted." },
        { "gone.png", "reason", "'gone.png': There is no such file." },
        { "photo.jpg", "detail", "'source image 1 (64 bytes in memory)' is a HEIC image. " + Supported },
        {
            $"data:image/heic;base64,{Convert.ToBase64String(Heic)}",
            "detail",
            "'source image 1 (64 bytes in memory)' is a HEIC image. " + Supported
        },
    };

    [Theory]
    [MemberData(nameof(SourceImages))]
    public async Task A_source_image_that_cannot_be_used_has_its_own_sentence(string image, string member, string text)
    {
        await File.WriteAllBytesAsync(Path.Combine(_shop.Folder, "photo.jpg"), Heic, TestContext.Current.CancellationToken);
        var client = await _shop.ConnectAsync("--files", _shop.Folder);

        var refused = await client.CallAsync("edit_image", null, ("prompt", "a"), ("images", image));

        Assert.EndsWith(text, refused.Word("error", member), StringComparison.Ordinal);
        Assert.Equal("no", refused.Word("error", "credits_spent"));
        Service.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_edit_without_source_images_says_so()
    {
        var client = await _shop.ConnectAsync();

        var refused = await client.CallAsync("edit_image", null, ("prompt", "a"), ("images", Array.Empty<string>()));

        Assert.Equal(
            ("There is no source image", "Add at least one image.", "no"),
            (refused.Word("error", "reason"), refused.Word("error", "suggestion"), refused.Word("error", "credits_spent")));
    }

    [Fact]
    public async Task A_long_pause_of_the_service_ends_each_call_at_once_with_the_time_that_is_left()
    {
        Service.Scenario.RateLimit(TimeSpan.FromHours(2));
        var client = await _shop.ConnectAsync();

        var first = await client.GenerateAsync("a puppy");
        var second = await client.GenerateAsync("a cat");

        foreach (var refused in (CallToolResult[])[first, second])
        {
            Assert.Equal(
                (true, "RateLimited", "no", "after"),
                (refused.IsError, refused.Word("error", "kind"), refused.Word("error", "credits_spent"), refused.Word("error", "retry")));
            Assert.InRange(int.Parse(refused.Word("error", "retry_after_seconds")!, CultureInfo.InvariantCulture), 61, 7200);
        }

        Assert.Contains("so this one was not sent", second.Text(), StringComparison.Ordinal);
        Assert.Single(Service.Requests, request => request.Endpoint == "create");
        Service.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_that_nobody_knows_is_neither_charged_nor_free()
    {
        var client = await _shop.ConnectAsync();

        var unknown = await client.TaskAsync("nonsense");

        Assert.Equal(
            ("TaskNotFound", "unknown", "never", "Check the task id."),
            (
                unknown.Word("error", "kind"),
                unknown.Word("error", "credits_spent"),
                unknown.Word("error", "retry"),
                unknown.Word("error", "suggestion")));
    }

    [Fact]
    public async Task A_plan_that_does_not_include_the_request_is_named_with_the_page_for_it()
    {
        Service.Script("create", new SimulatedFault { Status = 200, Body = """{"code":4014,"message":"requires a subscription","data":null}""" });
        var client = await _shop.ConnectAsync();

        var refused = await client.GenerateAsync("a puppy");

        Assert.EndsWith("https://www.imaclaw.ai/imaclaw/subscription", refused.Word("error", "suggestion"), StringComparison.Ordinal);
        Assert.Equal(("no", "after"), (refused.Word("error", "credits_spent"), refused.Word("error", "retry")));
        Service.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_wait_that_the_service_asks_for_is_in_the_answer()
    {
        Service.Script("create", new SimulatedFault { Status = 429, RetryAfter = "7200" });
        var client = await _shop.ConnectAsync();

        var refused = await client.GenerateAsync("a puppy");

        Assert.Equal(
            ("Wait 2 hours and try again.", "7200", "no", "after"),
            (
                refused.Word("error", "suggestion"),
                refused.Word("error", "retry_after_seconds"),
                refused.Word("error", "credits_spent"),
                refused.Word("error", "retry")));
        Service.Ledger.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_outcome_says_where_to_look()
    {
        Service.Scenario.AcceptThenDrop();
        var client = await _shop.ConnectAsync();

        var unknown = await client.GenerateAsync("a puppy");

        Assert.Contains("https://imagent.bot", unknown.Text(), StringComparison.Ordinal);
        Assert.Equal(("unknown", "never"), (unknown.Word("error", "credits_spent"), unknown.Word("error", "retry")));
    }

    [Fact]
    public async Task A_size_above_the_largest_is_quoted_as_4K_and_the_answer_says_so()
    {
        var client = await _shop.ConnectAsync();

        var quote = await client.CallAsync("quote_image", null, ("size", "8K"));

        Assert.EndsWith("Changed: 8K is not offered, the most is 4K.", quote.Text(), StringComparison.Ordinal);

        Service.ProcessingTime = TimeSpan.FromMinutes(1);
        CallToolResult running;
        do
        {
            running = await client.GenerateAsync("a puppy", new { size = "8K", wait_seconds = 1 });
        }
        while (running.Word("percent") is null);

        Assert.Contains("\nChanged: 8K is not offered, the most is 4K.", running.Text(), StringComparison.Ordinal);
    }
}
