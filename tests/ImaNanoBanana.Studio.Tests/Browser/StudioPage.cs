using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>The page of the studio in English: what is on it, and what a visitor does there.</summary>
internal sealed partial class StudioPage(IPage page)
{
    public IPage Page => page;

    public ILocator Prompt => page.Locator("#prompt");

    public ILocator Quote => page.Locator("#quote");

    public ILocator GenerateButton => page.Locator("#generate");

    public ILocator Usage => page.Locator("#usage");

    public ILocator Language => page.Locator("#language");

    public ILocator Theme => page.Locator("#theme");

    public ILocator Count => page.Locator("#count");

    public ILocator OrderProblem => page.Locator("#order-problem");

    public ILocator OutboxNotice => page.Locator("#outbox-notice");

    public ILocator ConnectionNotice => page.Locator("#connection-notice");

    public ILocator References => page.Locator("#reference-list > li");

    public ILocator ReadyReferences => page.Locator("#reference-list > li[data-state=ready]");

    public ILocator ReferenceFiles => page.Locator("#reference-files");

    public ILocator Cards => page.GetByRole(AriaRole.Article);

    public ILocator Dialog => page.GetByRole(AriaRole.Dialog);

    public async Task GoToAsync(Uri address)
    {
        await page.GotoAsync(address.ToString());
        await WaitForPriceAsync();
    }

    public async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await WaitForPriceAsync();
    }

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Card(string prompt) => page.GetByRole(AriaRole.Article, new() { Name = prompt, Exact = true });

    public ILocator Progress(string prompt) => page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress: " + prompt, Exact = true });

    public ILocator Choice(string group, string name) =>
        page.GetByRole(AriaRole.Radiogroup, new() { Name = group, Exact = true })
            .GetByRole(AriaRole.Radio, new() { Name = name, Exact = true });

    public Task WaitForPriceAsync() => Expect(Quote).ToHaveAttributeAsync("data-state", "ready");

    /// <summary>The credits on the button, once the price of what is in the form is known.</summary>
    public async Task<int> ReadPriceAsync()
    {
        await WaitForPriceAsync();
        await Expect(GenerateButton).ToHaveTextAsync(PricePattern);
        var text = await GenerateButton.TextContentAsync();
        return int.Parse(PricePattern.Match(text!).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Writes the prompt and presses the button.</summary>
    /// <returns>The new card.</returns>
    public async Task<ILocator> GenerateAsync(string prompt)
    {
        await Prompt.FillAsync(prompt);
        await PressGenerateAsync();
        var card = Card(prompt);
        await Expect(card).ToBeVisibleAsync();
        return card;
    }

    public async Task PressGenerateAsync()
    {
        await Expect(GenerateButton).ToHaveAttributeAsync("aria-disabled", "false");
        await GenerateButton.ClickAsync();
    }

    public static Task ExpectStateAsync(ILocator card, string state) => Expect(card).ToHaveAttributeAsync("data-state", state);

    /// <summary>Waits for the end of an image and for its picture, which the browser must be able to show.</summary>
    public static async Task ExpectPictureAsync(ILocator card)
    {
        await ExpectStateAsync(card, "finished");
        var picture = card.GetByRole(AriaRole.Img).First;
        await picture.ScrollIntoViewIfNeededAsync();
        await Expect(picture).ToBeVisibleAsync();
        await Expect(picture).Not.ToHaveJSPropertyAsync("naturalWidth", 0);
    }

    public Task ExpectUsageAsync(int remaining, int limit = 100) =>
        Expect(Usage).ToHaveTextAsync(string.Create(CultureInfo.InvariantCulture, $"{remaining} of {limit} credits left"));

    /// <returns>Files for the form: a picture drawn by the browser.</returns>
    public async Task<FilePayload> DrawAsync(string name, string color = "seagreen", int width = 320, int height = 240)
    {
        const string Draw =
            """
            ([color, width, height]) => {
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [width, height];
              const pen = canvas.getContext('2d');
              const sky = pen.createLinearGradient(0, 0, width, height);
              sky.addColorStop(0, color);
              sky.addColorStop(1, 'white');
              pen.fillStyle = sky;
              pen.fillRect(0, 0, width, height);
              pen.fillStyle = color;
              pen.beginPath();
              pen.arc(width * 0.6, height * 0.6, height * 0.25, 0, 2 * Math.PI);
              pen.fill();
              return canvas.toDataURL('image/png').split(',')[1];
            }
            """;
        var content = await page.EvaluateAsync<string>(Draw, new object[] { color, width, height });
        return new FilePayload { Name = name, MimeType = "image/png", Buffer = Convert.FromBase64String(content) };
    }

    [GeneratedRegex(@"^Generate for (\d+) credits?$")]
    private static partial Regex PricePattern { get; }
}
