using ImaNanoBanana.Studio.Tests.Server;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

public sealed class TabTests(SharedBrowser browser, SharedStudio shared) : BrowserTest(browser)
{
    [Fact]
    public async Task Two_tabs_of_one_visitor_show_the_same_images_and_the_same_usage()
    {
        var first = await OpenAsync(shared.Stage.Address);
        var second = await OpenAsync(shared.Stage.Address);
        var prompt = "a puppy in two tabs " + TestVisitor.NewKey();

        await StudioPage.ExpectPictureAsync(await first.GenerateAsync(prompt));
        await StudioPage.ExpectPictureAsync(second.Card(prompt));
        await StudioPage.ExpectPictureAsync(await second.GenerateAsync(prompt + ", again"));
        await StudioPage.ExpectPictureAsync(first.Card(prompt + ", again"));

        foreach (var page in new[] { first, second })
        {
            await Expect(page.Cards).ToHaveCountAsync(2);
            await page.ExpectUsageAsync(88);
        }

        var third = await OpenAsync(shared.Stage.Address);
        await Expect(third.Cards).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Prompt_with_markup_is_shown_as_the_text_that_it_is()
    {
        var page = await OpenAsync(shared.Stage.Address);
        const string Prompt = "<img src=x onerror=alert(1)> & <b>\"bold\"</b>";

        var card = await page.GenerateAsync(Prompt);

        await StudioPage.ExpectPictureAsync(card);
        await Expect(card.Locator("h3")).ToHaveTextAsync(Prompt);
        await Expect(card.Locator("b")).ToHaveCountAsync(0);
    }
}
