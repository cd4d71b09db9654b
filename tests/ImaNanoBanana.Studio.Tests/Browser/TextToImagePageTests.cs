using ImaNanoBanana.Studio.Tests.Server;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

public sealed class TextToImagePageTests(SharedBrowser browser, SharedStudio shared) : BrowserTest(browser)
{
    [Fact]
    public async Task Text_becomes_an_image_at_the_price_on_the_button()
    {
        var page = await OpenAsync(shared.Stage.Address);
        await page.ExpectUsageAsync(100);
        var prompt = "a lighthouse " + TestVisitor.NewKey();
        await page.Choice("Model", "Nano Banana 2").CheckAsync();
        await page.Choice("Size", "2K").CheckAsync();
        await page.Choice("Aspect ratio", "16:9").CheckAsync();
        var price = await page.ReadPriceAsync();
        var record = await CardRecord.StartAsync(page);

        var card = await page.GenerateAsync(prompt);
        await StudioPage.ExpectPictureAsync(card);

        await Expect(card).ToContainTextAsync($"Nano Banana 2 · 2K · 16:9 · {price} credits");
        await page.ExpectUsageAsync(100 - price);
        var charge = Assert.Single(shared.Stage.Simulator.Charges, charge => charge.Prompt == prompt);
        Assert.Equal(price, charge.Credits);

        var seen = await record.ReadAsync();
        Assert.Contains(seen, line => line.StartsWith("generating ", StringComparison.Ordinal));
        Assert.Contains(seen, line => line.EndsWith('%'));
        Assert.Equal("finished", seen[^1].Split(' ')[0]);
    }
}
