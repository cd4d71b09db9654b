using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>The language and the theme.</summary>
[Collection<FailingStudioTests>]
public sealed class PagePreferenceTests(SharedBrowser browser, FailingStudio failing) : BrowserTest(browser)
{
    private const string Dark = "rgb(23, 22, 26)";
    private const string Light = "rgb(250, 249, 246)";

    /// <summary>Names that are the same in every language.</summary>
    private static readonly string[] Names =
    [
        "Studio", "English", "Nano Banana 2", "Nano Banana Pro", "Nano Banana", "Ctrl+Enter", "PNG", "JPEG", "WebP", "MB", "API",
        "512px", "1K", "2K", "4K", "puppy.png",
    ];

    [Fact]
    public async Task Chinese_page_has_no_English_text_and_stays_Chinese_after_a_reload()
    {
        var page = await OpenAsync(failing.Stage.Address);
        failing.Stage.Simulator.Scenario.FailedImages(1, "画面过于狂野。");
        await page.Language.SelectOptionAsync("zh");
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(page.GenerateButton).ToHaveTextAsync("生成（6 积分）");
        await AssertChineseAsync(page);

        await GenerateAsync(page, "一只狂野的小狗");
        await StudioPage.ExpectStateAsync(page.Card("一只狂野的小狗"), "failed");
        await Expect(page.Card("一只狂野的小狗")).ToContainTextAsync("已扣除 6 积分。");
        await page.ReferenceFiles.SetInputFilesAsync([await page.DrawAsync("puppy.png")]);
        await Expect(page.ReadyReferences).ToHaveCountAsync(1);
        await page.Count.SelectOptionAsync("4");
        await Expect(page.GenerateButton).ToHaveTextAsync("生成（24 积分）");
        Log.AllowFailed("/images", "402");
        await GenerateAsync(page, "四只小狗");
        await Expect(page.OrderProblem).ToContainTextAsync("剩余积分不足");
        await AssertChineseAsync(page);

        await page.Page.ReloadAsync();
        await Expect(page.Language).ToHaveValueAsync("zh");
        await Expect(page.Page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
        await Expect(page.Card("一只狂野的小狗")).ToBeVisibleAsync();
        await AssertChineseAsync(page);
    }

    [Fact]
    public async Task Finished_image_and_its_dialog_change_their_language_with_the_page()
    {
        var page = await OpenAsync(failing.Stage.Address);
        await StudioPage.ExpectPictureAsync(await page.GenerateAsync("小狗"));
        await Expect(page.Card("小狗")).ToContainTextAsync("Use as reference");

        await page.Language.SelectOptionAsync("zh");
        await Expect(page.Card("小狗")).ToContainTextAsync("用作参考图");
        await page.Card("小狗").GetByRole(AriaRole.Button, new() { Name = "打开图片：小狗" }).ClickAsync();
        await Expect(page.Dialog).ToBeVisibleAsync();
        await AssertChineseAsync(page);
    }

    [Fact]
    public async Task Browser_that_prefers_Chinese_gets_a_Chinese_page()
    {
        var page = await OpenAsync(failing.Stage.Address, new() { Locale = "zh-CN" });
        await Expect(page.Language).ToHaveValueAsync("zh");
        await AssertChineseAsync(page);
    }

    [Fact]
    public async Task Theme_follows_the_system_until_one_is_chosen_and_the_choice_is_remembered()
    {
        var page = await OpenAsync(failing.Stage.Address, new() { ColorScheme = ColorScheme.Dark });
        var body = page.Page.Locator("html");
        await Expect(page.Theme).ToHaveValueAsync("system");
        await Expect(body).ToHaveCSSAsync("background-color", Dark);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await Expect(body).ToHaveCSSAsync("background-color", Light);

        await page.Theme.SelectOptionAsync("dark");
        await Expect(body).ToHaveCSSAsync("background-color", Dark);
        await page.ReloadAsync();
        await Expect(page.Theme).ToHaveValueAsync("dark");
        await Expect(body).ToHaveCSSAsync("background-color", Dark);
        await page.Theme.SelectOptionAsync("light");
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(body).ToHaveCSSAsync("background-color", Light);
    }

    private static async Task GenerateAsync(StudioPage page, string prompt)
    {
        await page.Prompt.FillAsync(prompt);
        await page.PressGenerateAsync();
    }

    /// <summary>Reads all texts, names and descriptions that someone can see or hear.</summary>
    private static async Task AssertChineseAsync(StudioPage page)
    {
        const string Read =
            """
            () => [...document.querySelectorAll('body, body *')]
              .filter(element => !element.matches('script, noscript, noscript *') && element.checkVisibility())
              .flatMap(element => [
                ...[...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data),
                ...['aria-label', 'alt', 'title', 'placeholder'].map(name => element.getAttribute(name) ?? ''),
              ])
              .filter(text => /[a-z]/i.test(text))
            """;
        var texts = await page.Page.EvaluateAsync<string[]>(Read);
        var foreign = texts.Where(text => Names.Aggregate(text, (left, name) => left.Replace(name, "", StringComparison.Ordinal))
            .Any(char.IsAsciiLetter));
        Assert.NotEmpty(texts);
        Findings.AssertNone(foreign);
    }
}
