using ImaNanoBanana.Testing;

namespace ImaNanoBanana.McpServer.Tests;

/// <summary>If the client can ask the person, the price is shown before credits are spent.</summary>
public sealed class ConfirmationTests : IAsyncLifetime
{
    private readonly List<string> _questions = [];
    private Shop _shop = null!;

    private ImaSimulator Service => _shop.Simulator;

    public async ValueTask InitializeAsync() => _shop = await Shop.OpenAsync();

    public ValueTask DisposeAsync() => _shop.DisposeAsync();

    /// <summary>A server asks during a call or, in the protocol of July 2026, with an answer that the client completes.</summary>
    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task The_person_agrees_to_the_price_once(string protocol)
    {
        var client = await _shop.ConnectAsync(Shop.Asking("accept", _questions, protocol));

        var first = await client.GenerateAsync("a puppy", new { model = "Pro" });
        var repeated = await client.GenerateAsync("a puppy", new { model = "Pro" });

        Assert.Equal(("ready", "ready"), (first.Word("status"), repeated.Word("status")));
        Assert.Equal(
            [
                "This will cost 10 credits. 100 of 100 credits are left in the budget of 24 hours.\n"
                    + "Nano Banana Pro, 1K, 1:1, 1 image: a puppy",
            ],
            _questions);
        Service.Ledger.ShouldHaveCharged(10);

        await client.GenerateAsync("a cat", new { count = 2 });
        Assert.Equal(
            "This will cost 12 credits. 90 of 100 credits are left in the budget of 24 hours.\nNano Banana 2, 1K, 1:1, 2 images: a cat",
            _questions[1]);
        Service.Ledger.ShouldHaveCharged(22);
    }

    [Theory]
    [InlineData("decline", "2025-06-18")]
    [InlineData("cancel", "2026-07-28")]
    public async Task Without_the_persons_consent_nothing_is_sent(string answer, string protocol)
    {
        var client = await _shop.ConnectAsync(Shop.Asking(answer, _questions, protocol), "--budget", "6");

        var result = await client.GenerateAsync("a puppy");

        Assert.Equal(
            (true, "NotConfirmed", "no", "never"),
            (result.IsError, result.Word("error", "kind"), result.Word("error", "credits_spent"), result.Word("error", "retry")));
        Assert.Equal("The person did not agree to the price. Nothing was submitted.", result.Word("error", "reason"));
        Assert.DoesNotContain(Service.Requests, request => request.Endpoint == "create");

        // The credits reserved for it are free again: the person is asked, and the call is not rejected because of the budget.
        Assert.Equal("NotConfirmed", (await client.GenerateAsync("a puppy")).Word("error", "kind"));
        Assert.Equal(2, _questions.Count);
    }

    [Fact]
    public async Task With_the_no_confirm_option_the_person_is_not_asked()
    {
        var unasked = await _shop.ConnectAsync(Shop.Asking("decline", _questions), "--no-confirm");

        Assert.Equal("ready", (await unasked.GenerateAsync("a puppy")).Word("status"));
        Assert.Empty(_questions);
    }

    [Fact]
    public async Task A_price_that_rose_after_it_was_shown_is_not_charged()
    {
        Service.Scenario.PriceChange(9);
        var client = await _shop.ConnectAsync(Shop.Asking("accept", _questions));

        var result = await client.GenerateAsync("a puppy");

        Assert.Equal(
            ("PriceChanged", "no", "after"),
            (result.Word("error", "kind"), result.Word("error", "credits_spent"), result.Word("error", "retry")));
        Service.Ledger.ShouldBeEmpty();
    }
}
