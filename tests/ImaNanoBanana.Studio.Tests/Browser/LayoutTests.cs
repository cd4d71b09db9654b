using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

public sealed class LayoutTests(SharedBrowser browser, FailingStudio failing) : BrowserTest(browser), IClassFixture<FailingStudio>
{
    [Theory]
    [InlineData(320, "en-US")]
    [InlineData(320, "zh-CN")]
    [InlineData(360, "en-US")]
    [InlineData(800, "en-US")]
    [InlineData(1280, "en-US")]
    public async Task Nothing_sticks_out_at_the_side(int width, string locale)
    {
        var size = new ViewportSize { Width = width, Height = 700 };
        var page = await OpenAsync(failing.Stage.Address, new() { ViewportSize = size, Locale = locale });
        await AssertFitsAsync(page);

        // Long words, a failure and references.
        failing.Stage.Simulator.Scenario.FailedImages(1, new string('w', 200));
        var prompt = "puppy" + new string('x', 300);
        await page.Prompt.FillAsync(prompt);
        await page.ReferenceFiles.SetInputFilesAsync(
            [await page.DrawAsync(new string('n', 80) + ".png"), .. await Task.WhenAll(Enumerable.Range(1, 5).Select(DrawAsync))]);
        await Expect(page.ReadyReferences).ToHaveCountAsync(6);
        await page.PressGenerateAsync();
        await StudioPage.ExpectStateAsync(page.Cards.First, "failed");
        await AssertFitsAsync(page);

        Task<FilePayload> DrawAsync(int number) => page.DrawAsync($"{number}.png");
    }

    [Theory]
    [InlineData(320, 600)]
    [InlineData(1280, 700)]
    public async Task Dialog_shows_the_whole_image_within_the_window(int width, int height)
    {
        var size = new ViewportSize { Width = width, Height = height };
        var page = await OpenAsync(failing.Stage.Address, new() { ViewportSize = size });
        await page.Choice("Aspect ratio", "9:16").CheckAsync();
        var card = await page.GenerateAsync("a tall puppy");
        await StudioPage.ExpectPictureAsync(card);
        await card.GetByRole(AriaRole.Button, new() { Name = "Open image: a tall puppy" }).ClickAsync();

        var picture = page.Dialog.GetByRole(AriaRole.Img);
        await Expect(picture).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(picture).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
        await Expect(page.Dialog.GetByRole(AriaRole.Link, new() { Name = "Download" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await AssertFitsAsync(page);
    }

    [Theory]
    [InlineData(1280, 720)]
    [InlineData(1024, 620)]
    [InlineData(800, 600)]
    public async Task Button_with_the_price_is_in_view_on_a_wide_screen(int width, int height)
    {
        var size = new ViewportSize { Width = width, Height = height };
        var page = await OpenAsync(failing.Stage.Address, new() { ViewportSize = size });
        await Expect(page.GenerateButton).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(page.Prompt).ToBeInViewportAsync(new() { Ratio = 1 });
    }

    private static async Task AssertFitsAsync(StudioPage page)
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
        Assert.Empty(await page.Page.EvaluateAsync<string[]>(Wide));
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
    }
}
