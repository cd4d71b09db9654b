using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>Nothing but the keyboard. The focus is always visible and never on the body.</summary>
public sealed class KeyboardTests(SharedBrowser browser, SharedStudio shared) : BrowserTest(browser)
{
    private const int MostStops = 40;

    [Fact]
    public async Task Keyboard_goes_from_the_skip_link_to_a_finished_image_into_its_dialog_and_back()
    {
        var page = await OpenAsync(shared.Stage.Address);
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await AssertFocusIsVisibleAsync(page);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.Keyboard.PressAsync("Tab");
        await Expect(page.Prompt).ToBeFocusedAsync();
        await AssertFocusIsVisibleAsync(page);
        await page.Page.Keyboard.TypeAsync("a puppy by hand");

        await TabToAsync(page, page.Choice("Model", "Automatic"));
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Choice("Model", "Nano Banana 2")).ToBeCheckedAsync();
        await Expect(page.Choice("Model", "Nano Banana 2")).ToBeFocusedAsync();
        await AssertFocusIsVisibleAsync(page);
        await TabToAsync(page, page.GenerateButton);
        await Expect(page.GenerateButton).ToHaveAttributeAsync("aria-disabled", "false");
        await page.Page.Keyboard.PressAsync("Enter");
        var card = page.Card("a puppy by hand");
        await Expect(card).ToBeVisibleAsync();
        await Expect(page.GenerateButton).ToBeFocusedAsync();
        await StudioPage.ExpectPictureAsync(card);

        var open = card.GetByRole(AriaRole.Button, new() { Name = "Open image: a puppy by hand" });
        await TabToAsync(page, open);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Dialog).ToBeVisibleAsync();
        await AssertFocusIsVisibleAsync(page);
        await TabToAsync(page, page.Button("Close"));
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Dialog).ToBeHiddenAsync();
        await Expect(open).ToBeFocusedAsync();

        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Dialog).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(open).ToBeFocusedAsync();
        await TabToAsync(page, card.GetByRole(AriaRole.Button, new() { Name = "Again with changes" }));
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Prompt).ToBeFocusedAsync();
        await Expect(page.Prompt).ToHaveValueAsync("a puppy by hand");
    }

    [Fact]
    public async Task Ctrl_and_Enter_in_the_prompt_generates_and_an_empty_prompt_is_asked_for()
    {
        var page = await OpenAsync(shared.Stage.Address);
        await page.GenerateButton.FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Prompt).ToBeFocusedAsync();
        await Expect(page.Page.GetByText("Describe the image first.")).ToBeVisibleAsync();
        await Expect(page.Prompt).ToHaveAttributeAsync("aria-invalid", "true");

        await page.Page.Keyboard.TypeAsync("a quick puppy");
        await Expect(page.Prompt).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GenerateButton).ToHaveAttributeAsync("aria-disabled", "false");
        await page.Page.Keyboard.PressAsync("Control+Enter");
        await StudioPage.ExpectPictureAsync(page.Card("a quick puppy"));
        await Expect(page.Prompt).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(StudioPage page, ILocator target)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Page.Keyboard.PressAsync("Tab");
            await AssertFocusIsVisibleAsync(page);
            if (await target.EvaluateAsync<bool>("target => target === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail($"{target} is not reached with {MostStops} times Tab.");
    }

    private static async Task AssertFocusIsVisibleAsync(StudioPage page)
    {
        const string Describe =
            """
            () => {
              const focused = document.activeElement;
              if (focused === document.body) {
                return 'the focus is on the body';
              }
              const shown = focused.closest('.chip') ?? focused;
              const style = getComputedStyle(shown);
              const { left, top, right, bottom } = shown.getBoundingClientRect();
              const inView = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
              const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
              return inView && outlined ? '' : `${focused.outerHTML.slice(0, 200)}: in view ${inView}, outlined ${outlined}`;
            }
            """;
        Assert.Equal("", await page.Page.EvaluateAsync<string>(Describe));
    }
}
