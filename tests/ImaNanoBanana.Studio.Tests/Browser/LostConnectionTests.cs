using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>The page, the connection or the server goes away in the middle of an order.</summary>
public sealed class LostConnectionTests(SharedBrowser browser, InterruptedStudio interrupted)
    : BrowserTest(browser), IClassFixture<InterruptedStudio>
{
    private readonly string _prompt = "a patient puppy " + TestVisitor.NewKey();

    private StudioStage Stage => interrupted.Stage;

    [Fact]
    public async Task Reload_in_the_middle_continues_the_same_card_to_its_end()
    {
        var page = await OpenAsync(Stage.Address);
        var card = await page.GenerateAsync(_prompt);
        await StudioPage.ExpectStateAsync(card, "generating");
        var id = await card.GetAttributeAsync("data-id");

        await page.ReloadAsync();

        await Expect(card).ToHaveAttributeAsync("data-id", id!);
        await StudioPage.ExpectPictureAsync(card);
        await Expect(page.Cards).ToHaveCountAsync(1);
        AssertOneCharge();
    }

    [Fact]
    public async Task Killed_and_restarted_server_finishes_the_card_with_one_charge()
    {
        var page = await OpenAsync(Stage.Address);
        var card = await page.GenerateAsync(_prompt);
        await StudioPage.ExpectStateAsync(card, "generating");

        Log.AllowNoServer();
        await Stage.Studio.KillAsync();
        await Expect(page.ConnectionNotice).ToHaveTextAsync("Connection lost. Trying again…");
        await Stage.RestartAsync();

        await Expect(page.ConnectionNotice).ToBeHiddenAsync();
        await StudioPage.ExpectPictureAsync(card);
        await Expect(page.Cards).ToHaveCountAsync(1);
        await page.ExpectUsageAsync(94);
        AssertOneCharge();
    }

    [Fact]
    public async Task Order_that_is_sent_while_the_server_is_down_is_sent_again_by_itself()
    {
        var page = await OpenAsync(Stage.Address);
        await page.Page.RunAndWaitForResponseAsync(
            () => page.Prompt.FillAsync(_prompt), answer => answer.Url.Contains("/quotes", StringComparison.Ordinal));
        await page.WaitForPriceAsync();
        Log.AllowNoServer();
        await Stage.Studio.KillAsync();
        await page.PressGenerateAsync();
        await Expect(page.OutboxNotice).ToContainTextAsync("It cannot be charged twice.");

        await Stage.RestartAsync();

        await StudioPage.ExpectPictureAsync(page.Card(_prompt));
        await Expect(page.OutboxNotice).ToBeHiddenAsync();
        await Expect(page.Cards).ToHaveCountAsync(1);
        AssertOneCharge();
    }

    [Fact]
    public async Task Order_whose_answer_is_lost_is_charged_once_although_it_is_sent_twice()
    {
        var page = await OpenAsync(Stage.Address);
        var sent = await LoseAnswersAsync(page, 1);

        await StudioPage.ExpectPictureAsync(await page.GenerateAsync(_prompt));

        await Expect(page.OutboxNotice).ToBeHiddenAsync();
        await Expect(page.Cards).ToHaveCountAsync(1);
        Assert.Equal(2, sent.Count);
        Assert.Single(sent.Distinct());
        AssertOneCharge();
    }

    [Fact]
    public async Task Reload_before_the_answer_sends_the_same_order_again()
    {
        var page = await OpenAsync(Stage.Address);
        var sent = await LoseAnswersAsync(page, 1);
        await page.Choice("Aspect ratio", "3:2").CheckAsync();
        await page.GenerateAsync(_prompt);
        await Expect(page.OutboxNotice).ToContainTextAsync("It cannot be charged twice.");

        await page.ReloadAsync();

        await StudioPage.ExpectPictureAsync(page.Card(_prompt));
        await Expect(page.Prompt).ToHaveValueAsync(_prompt);
        await Expect(page.Choice("Aspect ratio", "3:2")).ToBeCheckedAsync();
        await Expect(page.OutboxNotice).ToBeHiddenAsync();
        await Expect(page.Cards).ToHaveCountAsync(1);
        Assert.Single(sent.Distinct());
        AssertOneCharge();
    }

    /// <summary>The first orders reach the server, but their answers do not reach the page.</summary>
    /// <returns>The keys of all orders, as they are sent.</returns>
    private async Task<IReadOnlyList<string>> LoseAnswersAsync(StudioPage page, int count)
    {
        var keys = new List<string>();
        Log.AllowFailed("/images", "net::ERR_");
        await page.Page.RouteAsync("**/images?*", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }

            keys.Add(route.Request.Headers["idempotency-key"]);
            if (keys.Count > count)
            {
                await route.ContinueAsync();
                return;
            }

            await using var answer = await route.FetchAsync();
            Assert.Equal(202, answer.Status);
            await route.AbortAsync("connectionreset");
        });
        return keys;
    }

    private void AssertOneCharge() => Assert.Single(Stage.Simulator.Charges, charge => charge.Prompt == _prompt);
}
