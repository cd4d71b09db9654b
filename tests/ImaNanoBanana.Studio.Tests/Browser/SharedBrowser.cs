using ImaNanoBanana.Studio.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(SharedBrowser))]

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>One Chromium for all tests, started by the first one that needs it. Each test has a context of its own.</summary>
public sealed class SharedBrowser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";

    /// <summary>A busy machine may be slow; a test that passes does not wait for this long.</summary>
    private const int Patience = 60_000;

    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(StartAsync);

    /// <returns>The cookies and the storage of a new visitor.</returns>
    internal async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options)
    {
        var (_, browser) = await _started.Value;
        options ??= new BrowserNewContextOptions();

        // Animations in software take the processor from the tests.
        options.ReducedMotion ??= ReducedMotion.Reduce;
        options.Locale ??= "en-US";
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated && _started.Value.IsCompletedSuccessfully)
        {
            var (playwright, browser) = await _started.Value;
            await browser.CloseAsync();
            playwright.Dispose();
        }
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing: install the Debian package chromium.");
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        var options = new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = Arguments };
        return (playwright, await playwright.Chromium.LaunchAsync(options));
    }
}
