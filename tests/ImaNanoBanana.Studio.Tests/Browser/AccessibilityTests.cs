using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

public sealed class AccessibilityTests(SharedBrowser browser, AccessibleStudio accessible)
    : BrowserTest(browser), IClassFixture<AccessibleStudio>
{
    private StudioStage Stage => accessible.Stage;

    [Theory]
    [InlineData(ColorScheme.Light, "en-US")]
    [InlineData(ColorScheme.Dark, "en-US")]
    [InlineData(ColorScheme.Light, "zh-CN")]
    [InlineData(ColorScheme.Dark, "zh-CN")]
    public async Task No_state_of_the_page_violates_a_rule_of_accessibility(ColorScheme colors, string locale)
    {
        var page = await OpenAsync(Stage.Address, new() { ColorScheme = colors, Locale = locale });
        await Axe.AssertNoViolationAsync(page.Page, "empty page");

        await page.ReferenceFiles.SetInputFilesAsync([await page.DrawAsync("puppy.png")]);
        await Expect(page.ReadyReferences).ToHaveCountAsync(1);
        await page.GenerateButton.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Prompt).ToHaveAttributeAsync("aria-invalid", "true");
        await Axe.AssertNoViolationAsync(page.Page, "form without a prompt");
        await page.Prompt.FillAsync("小狗");
        await page.WaitForPriceAsync();
        await Axe.AssertNoViolationAsync(page.Page, "form with a quote");

        Stage.Simulator.Scenario.FailedImages(1).NeverEndingTask();
        await page.PressGenerateAsync();
        await StudioPage.ExpectStateAsync(page.Card("小狗"), "failed");
        await GenerateAsync(page, "长跑的小狗", "generating");
        await GenerateAsync(page, "睡觉的小狗", "finished");
        await StudioPage.ExpectPictureAsync(page.Card("睡觉的小狗"));
        await Axe.AssertNoViolationAsync(page.Page, "cards that failed, are in work and are finished");

        await page.Page.Locator("[data-action=open-0]").First.ClickAsync();
        await Expect(page.Dialog).ToBeVisibleAsync();
        await Axe.AssertNoViolationAsync(page.Page, "dialog");
    }

    private static async Task GenerateAsync(StudioPage page, string prompt, string state)
    {
        await page.Prompt.FillAsync(prompt);
        await page.PressGenerateAsync();
        await StudioPage.ExpectStateAsync(page.Card(prompt), state);
    }
}
