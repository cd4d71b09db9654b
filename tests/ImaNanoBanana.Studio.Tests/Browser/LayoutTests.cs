using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

[Collection<FailingStudioTests>]
public sealed class LayoutTests(SharedBrowser browser, FailingStudio failing) : BrowserTest(browser)
{
    private static readonly int[] Widths = [320, 360, 390, 799, 800, 1280];

    [Fact]
    public async Task Nothing_sticks_out_at_the_side_of_any_window()
    {
        var page = await OpenAsync(failing.Stage.Address);
        await AssertFitsAsync(page, Widths);

        // Long words, a failure and references.
        failing.Stage.Simulator.Scenario.FailedImages(1, new string('w', 200));
        await page.Prompt.FillAsync("puppy" + new string('x', 300));
        var names = new[] { new string('n', 80), "1", "2", "3", "4", "5" };
        var files = await Task.WhenAll(names.Select(name => page.DrawAsync(name + ".png")));
        await page.ReferenceFiles.SetInputFilesAsync(files);
        await Expect(page.ReadyReferences).ToHaveCountAsync(files.Length);
        await page.PressGenerateAsync();
        await StudioPage.ExpectStateAsync(page.Cards.First, "failed");
        await AssertFitsAsync(page, Widths);
        await page.Language.SelectOptionAsync("zh");
        await Expect(page.Cards.First).ToContainTextAsync("已扣除 6 积分。");
        await AssertFitsAsync(page, Widths);
    }

    [Fact]
    public async Task Dialog_shows_the_whole_image_within_the_window()
    {
        var page = await OpenAsync(failing.Stage.Address);
        await page.Choice("Aspect ratio", "9:16").CheckAsync();
        var card = await page.GenerateAsync("a tall puppy");
        await StudioPage.ExpectPictureAsync(card);
        await card.GetByRole(AriaRole.Button, new() { Name = "Open image: a tall puppy" }).ClickAsync();
        var picture = page.Dialog.GetByRole(AriaRole.Img);
        await Expect(picture).Not.ToHaveJSPropertyAsync("naturalWidth", 0);

        foreach (var (width, height) in new[] { (320, 600), (1280, 700) })
        {
            await page.Page.SetViewportSizeAsync(width, height);
            await Expect(picture).ToBeInViewportAsync(new() { Ratio = 1 });
            await Expect(page.Dialog.GetByRole(AriaRole.Link, new() { Name = "Download" })).ToBeInViewportAsync(new() { Ratio = 1 });
            await AssertFitsAsync(page, width);
        }
    }

    [Fact]
    public async Task Prompt_and_button_with_the_price_are_in_view_on_a_wide_screen()
    {
        var page = await OpenAsync(failing.Stage.Address);
        foreach (var (width, height) in new[] { (1280, 720), (1024, 620), (800, 600), (1920, 1080) })
        {
            await page.Page.SetViewportSizeAsync(width, height);
            await Expect(page.GenerateButton).ToBeInViewportAsync(new() { Ratio = 1 });
            await Expect(page.Prompt).ToBeInViewportAsync(new() { Ratio = 1 });
        }
    }

    private static async Task AssertFitsAsync(StudioPage page, params int[] widths)
    {
        const string Wide =
            """
            () => [document.documentElement, ...document.querySelectorAll('body *')]
              .filter(element => element.checkVisibility() && !element.closest('.visually-hidden'))
              .filter(element => element.getBoundingClientRect().right > innerWidth + 0.5
                || (element.scrollWidth > element.clientWidth && getComputedStyle(element).overflowX !== 'visible'
                  && !element.matches('select, progress')))
              .map(element => `${element.tagName}#${element.id}.${element.className}`)
            """;
        foreach (var width in widths)
        {
            await page.Page.SetViewportSizeAsync(width, page.Page.ViewportSize!.Height);
            var wide = await page.Page.EvaluateAsync<string[]>(Wide);
            Findings.AssertNone(wide.Select(element => $"{width} pixels: {element}"));
            Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        }
    }
}
