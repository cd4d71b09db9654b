using ImaNanoBanana.Studio.Tests.Server;
using Microsoft.Playwright;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>A test with pages of one new visitor. At its end, no page may have reported an error.</summary>
public abstract class BrowserTest(SharedBrowser browser) : IAsyncLifetime
{
    private IBrowserContext? _context;
    private PageLog? _log;
    private StudioStage? _stage;

    private protected PageLog Log => _log!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_context is not null)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                await KeepPicturesAsync(_context);
            }

            await _context.CloseAsync();
        }

        // After the pages, which would report that the studio is gone.
        if (_stage is not null)
        {
            await _stage.DisposeAsync();
        }

        Findings.AssertNone(_log?.Errors ?? []);
    }

    /// <summary>Starts a studio for this test alone.</summary>
    private protected async Task<StudioStage> StartStudioAsync(TimeSpan processingTime, params (string Name, string Value)[] settings) =>
        _stage = await StudioStage.StartAsync(processingTime, settings);

    /// <summary>Opens the studio. The first page of a test makes the visitor, further ones are other tabs.</summary>
    private protected async Task<StudioPage> OpenAsync(
        Uri address, BrowserNewContextOptions? options = null, Func<IBrowserContext, Task>? configure = null)
    {
        if (_context is null)
        {
            _context = await browser.NewContextAsync(options);
            _log = await PageLog.ReadAsync(_context);
            await (configure?.Invoke(_context) ?? Task.CompletedTask);
        }

        var page = new StudioPage(await _context.NewPageAsync());
        await page.GoToAsync(address);
        return page;
    }

    private static async Task KeepPicturesAsync(IBrowserContext context)
    {
        var name = TestContext.Current.TestMethod?.MethodName ?? "test";
        foreach (var (number, page) in context.Pages.Index())
        {
            var path = Path.Combine(AppContext.BaseDirectory, "failed", $"{name}-{number + 1}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        }
    }
}
