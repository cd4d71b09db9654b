using System.Text.RegularExpressions;
using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

[Collection<FailingStudioTests>]
public sealed class FailureTests(SharedBrowser browser, FailingStudio failing) : BrowserTest(browser)
{
    private const int Limit = FailingStudio.VisitorCredits;
    private const int Price = 6;

    private StudioStage Stage => failing.Stage;

    [Fact]
    public async Task Refused_choice_shows_reason_and_suggestion_at_its_field()
    {
        var page = await OpenAsync(Stage.Address, configure: OfferTooMuch.InAsync);
        await page.Choice("Size", OfferTooMuch.Size).CheckAsync();

        Log.AllowFailed("/quotes", "400");
        await Expect(page.Quote).ToHaveAttributeAsync("data-state", "refused");
        await Expect(page.Quote).ToContainTextAsync("This cannot be generated");
        await Expect(page.Quote).ToContainTextAsync("Use one of 512px, 1K, 2K, 4K");
        var field = page.Page.GetByRole(AriaRole.Radiogroup, new() { Name = "Size" });
        await Expect(field).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(field).ToHaveAccessibleDescriptionAsync(new Regex("This size is not offered"));
        await page.Prompt.FillAsync("a puppy");
        await Expect(page.GenerateButton).ToHaveAttributeAsync("aria-disabled", "true");

        await page.Choice("Size", "1K").CheckAsync();
        Assert.Equal(Price, await page.ReadPriceAsync());
        await Expect(field).Not.ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task Failed_image_says_why_and_what_was_charged()
    {
        var page = await OpenAsync(Stage.Address);
        Stage.Simulator.Scenario.FailedImages(1, "The picture was too wild");
        var card = await page.GenerateAsync("a wild puppy");

        await StudioPage.ExpectStateAsync(card, "failed");
        await Expect(card).ToContainTextAsync("The image could not be generated");
        await Expect(card).ToContainTextAsync("The picture was too wild");
        await Expect(card).ToContainTextAsync("6 credits were charged.");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Try again" })).ToHaveCountAsync(0);
        await page.ExpectUsageAsync(Limit - Price, Limit);
        await Expect(page.Page.GetByRole(AriaRole.Log)).ToContainTextAsync("could not be generated: a wild puppy");
    }

    [Fact]
    public async Task Image_with_an_unknown_outcome_warns_before_it_is_ordered_again()
    {
        var page = await OpenAsync(Stage.Address);
        Stage.Simulator.Scenario.AcceptThenDrop();
        var card = await page.GenerateAsync("a lost puppy");

        await StudioPage.ExpectStateAsync(card, "unknown");
        await Expect(card).ToContainTextAsync("It is not known whether credits were charged.");
        await page.ExpectUsageAsync(Limit - Price, Limit);
    }

    [Fact]
    public async Task Image_that_cost_nothing_is_tried_again_with_one_press_and_charged_once()
    {
        var page = await OpenAsync(Stage.Address);
        Stage.Simulator.Scenario.ExpiredUploadUrl();
        await page.ReferenceFiles.SetInputFilesAsync([await page.DrawAsync("puppy.png")]);
        await Expect(page.ReadyReferences).ToHaveCountAsync(1);
        var prompt = "a late puppy " + TestVisitor.NewKey();
        var card = await page.GenerateAsync(prompt);
        await StudioPage.ExpectStateAsync(card, "failed");
        await Expect(card).ToContainTextAsync("Nothing was charged.");
        await page.ExpectUsageAsync(Limit, Limit);

        await card.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await StudioPage.ExpectPictureAsync(card);
        Assert.Single(Stage.Simulator.Charges, charge => charge.Prompt == prompt);
        await page.ExpectUsageAsync(Limit - Price, Limit);
    }

    [Fact]
    public async Task Image_over_the_budget_is_refused_and_not_charged()
    {
        var page = await OpenAsync(Stage.Address);
        await page.Count.SelectOptionAsync("3");
        await Expect(page.GenerateButton).ToHaveTextAsync("Generate for 18 credits");
        var card = await page.GenerateAsync("three puppies");
        await StudioPage.ExpectPictureAsync(card);
        await Expect(card.GetByRole(AriaRole.Img)).ToHaveCountAsync(3);
        await page.ExpectUsageAsync(Limit - (3 * Price), Limit);

        Log.AllowFailed("/images", "402");
        await page.Count.SelectOptionAsync("1");
        await Expect(page.GenerateButton).ToHaveTextAsync("Generate for 6 credits");
        await page.Prompt.FillAsync("one puppy too many");
        await page.PressGenerateAsync();

        await Expect(page.OrderProblem).ToContainTextAsync("Not enough credits left");
        await Expect(page.OrderProblem).ToContainTextAsync("Nothing was charged.");
        await Expect(page.Cards).ToHaveCountAsync(1);
        await page.ExpectUsageAsync(Limit - (3 * Price), Limit);
        Assert.DoesNotContain(Stage.Simulator.Charges, charge => charge.Prompt == "one puppy too many");
    }
}
