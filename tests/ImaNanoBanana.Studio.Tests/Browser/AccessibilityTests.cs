using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>Each state of the page in both themes and both languages.</summary>
[Collection<FailingStudioTests>]
public sealed class AccessibilityTests(SharedBrowser browser, FailingStudio failing) : BrowserTest(browser)
{
    private static readonly (string Language, string Tag, string Theme)[] Looks =
        [("en", "en", "light"), ("en", "en", "dark"), ("zh", "zh-CN", "dark"), ("zh", "zh-CN", "light")];

    private StudioStage Stage => failing.Stage;

    [Fact]
    public async Task Form_violates_no_rule_of_accessibility()
    {
        var page = await OpenAsync(Stage.Address);
        await AssertInAllLooksAsync(page, "empty page");

        await page.ReferenceFiles.SetInputFilesAsync([await page.DrawAsync("puppy.png")]);
        await Expect(page.ReadyReferences).ToHaveCountAsync(1);
        await page.Prompt.FillAsync("小狗");
        await page.WaitForPriceAsync();
        await AssertInAllLooksAsync(page, "form with a reference and a price");

        await page.Prompt.FillAsync("");
        await page.GenerateButton.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Prompt).ToHaveAttributeAsync("aria-invalid", "true");
        await AssertInAllLooksAsync(page, "form without a prompt");
    }

    [Fact]
    public async Task Refusal_violates_no_rule_of_accessibility()
    {
        var page = await OpenAsync(Stage.Address, configure: OfferTooMuch.InAsync);
        Log.AllowFailed("/quotes", "400");
        await page.Choice("Size", OfferTooMuch.Size).CheckAsync();
        await Expect(page.Quote).ToHaveAttributeAsync("data-state", "refused");
        await AssertInAllLooksAsync(page, "refused choice");
    }

    [Fact]
    public async Task Cards_and_dialog_violate_no_rule_of_accessibility()
    {
        var page = await OpenAsync(Stage.Address);
        Stage.Simulator.Scenario.FailedImages(1).NeverEndingTask();
        await GenerateAsync(page, "不听话的小狗", "failed");
        await GenerateAsync(page, "长跑的小狗", "generating");
        await GenerateAsync(page, "睡觉的小狗", "finished");
        await StudioPage.ExpectPictureAsync(page.Card("睡觉的小狗"));
        await AssertInAllLooksAsync(page, "cards that failed, are in work and are finished");

        foreach (var look in Looks)
        {
            await ChangeLookAsync(page, look);
            await page.Page.Locator("[data-action=open-0]").ClickAsync();
            await Expect(page.Dialog).ToBeVisibleAsync();
            await Axe.AssertNoViolationAsync(page.Page, $"dialog, {look}");
            await page.Page.Keyboard.PressAsync("Escape");
        }
    }

    private static async Task GenerateAsync(StudioPage page, string prompt, string state) =>
        await StudioPage.ExpectStateAsync(await page.GenerateAsync(prompt), state);

    private static async Task AssertInAllLooksAsync(StudioPage page, string state)
    {
        foreach (var look in Looks)
        {
            await ChangeLookAsync(page, look);
            await Axe.AssertNoViolationAsync(page.Page, $"{state}, {look}");
        }
    }

    private static async Task ChangeLookAsync(StudioPage page, (string Language, string Tag, string Theme) look)
    {
        await page.Theme.SelectOptionAsync(look.Theme);
        if (await page.Language.InputValueAsync() != look.Language)
        {
            await page.Language.SelectOptionAsync(look.Language);
            await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", look.Tag);
            await Expect(page.Quote).Not.ToHaveAttributeAsync("data-state", "waiting");
        }
    }
}
