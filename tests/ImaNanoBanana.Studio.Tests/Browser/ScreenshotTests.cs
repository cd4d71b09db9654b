using System.Text.RegularExpressions;
using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>The pictures of the sample's README. With IMA_WRITE_SCREENSHOTS=1 they are made again, otherwise they must be there.</summary>
public sealed partial class ScreenshotTests(SharedBrowser browser) : BrowserTest(browser)
{
    private static readonly bool IsWriting = Environment.GetEnvironmentVariable("IMA_WRITE_SCREENSHOTS") == "1";

    private static readonly string Folder = Path.Combine(
        AppContext.BaseDirectory[..AppContext.BaseDirectory.IndexOf("/tests/", StringComparison.Ordinal)],
        "samples/ImaNanoBanana.Studio/screenshots");

    /// <summary>What the page expects of an image. The finished ones take less.</summary>
    private static readonly TimeSpan ExpectedTime = TimeSpan.FromSeconds(30);

    private static readonly (string Prompt, string Ratio)[] English =
    [
        ("A lighthouse on a cliff in a storm, painted in watercolour", "16:9"),
        ("A cup of coffee from above in which the foam forms a map of the world", "1:1"),
        ("A street market at night under paper lanterns, seen from a balcony", "4:3"),
    ];

    private static readonly (string Prompt, string Ratio)[] Chinese =
    [
        ("俯视一杯咖啡，奶泡形成一幅世界地图", "1:1"),
        ("暴风雨中悬崖上的灯塔，水彩画风格", "16:9"),
    ];

    [Fact]
    public Task Desktop_in_the_light_theme() => ShootAsync("desktop-light.png", async stage =>
    {
        var page = await OpenAsync(stage.Address, Window(1280, 860, ColorScheme.Light));
        await GenerateAllAsync(stage, page, English);
        await StartLongOneAsync(stage, page, "A tiny robot watering a garden of glowing mushrooms, soft morning light");
        await page.Prompt.FillAsync("A fox reading a newspaper in a tram, film photograph");
        return page;
    });

    [Fact]
    public Task Chinese_phone_in_the_dark_theme() => ShootAsync("phone-dark-chinese.png", async stage =>
    {
        var options = Window(390, 844, ColorScheme.Dark);
        options.Locale = "zh-CN";
        options.DeviceScaleFactor = 2;
        var page = await OpenAsync(stage.Address, options);
        await GenerateAllAsync(stage, page, Chinese);
        await page.Page.Locator("#gallery-title").EvaluateAsync("title => title.scrollIntoView()");
        return page;
    });

    [Fact]
    public Task Edit_with_references() => ShootAsync("edit-with-references.png", async stage =>
    {
        var page = await OpenAsync(stage.Address, Window(1280, 860, ColorScheme.Light));
        await page.ReferenceFiles.SetInputFilesAsync(
        [
            await page.DrawAsync("beach.png", "#2f7fb5"),
            await page.DrawAsync("meadow.png", "#4f8f3a"),
        ]);
        await Expect(page.ReadyReferences).ToHaveCountAsync(2);
        await GenerateAllAsync(stage, page, [("Put the hill of the second picture behind the beach of the first", "4:3")]);
        await page.Prompt.FillAsync("The same place in winter, with footprints in the snow");
        await page.WaitForPriceAsync();
        return page;
    });

    private async Task ShootAsync(string name, Func<StudioStage, Task<StudioPage>> prepareAsync)
    {
        var path = Path.Combine(Folder, name);
        if (IsWriting)
        {
            var stage = await StartStudioAsync(ExpectedTime);
            var page = await prepareAsync(stage);
            await page.Page.Locator(".order").EvaluateAsync("order => order.scrollTop = 0");
            await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
        }

        Assert.True(File.Exists(path), $"{path} is missing: run the tests of this class with IMA_WRITE_SCREENSHOTS=1.");
    }

    private static BrowserNewContextOptions Window(int width, int height, ColorScheme colors) =>
        new() { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = colors };

    private static async Task GenerateAllAsync(StudioStage stage, StudioPage page, (string Prompt, string Ratio)[] images)
    {
        stage.Simulator.ProcessingTime = TimeSpan.FromMilliseconds(300);
        foreach (var (prompt, ratio) in images)
        {
            await page.Page.Locator($"input[name=aspectRatio][value='{ratio}']").CheckAsync();
            await page.Page.Locator("#prompt").FillAsync(prompt);
            await page.PressGenerateAsync();
            await StudioPage.ExpectPictureAsync(page.Card(prompt));
        }
    }

    private static async Task StartLongOneAsync(StudioStage stage, StudioPage page, string prompt)
    {
        stage.Simulator.ProcessingTime = ExpectedTime;
        await page.Page.Locator("input[name=aspectRatio][value='1:1']").CheckAsync();
        var card = await page.GenerateAsync(prompt);
        await Expect(card.Locator(".state")).ToHaveTextAsync(HalfWay);
    }

    [GeneratedRegex("[3-7][0-9]%")]
    private static partial Regex HalfWay { get; }
}
