using ImaNanoBanana.Tests.Client;

namespace ImaNanoBanana.Tests.Messages.Catalogue;

/// <summary>The messages for images that cannot be downloaded or saved.</summary>
internal static class DownloadMessages
{
    private const string Folder = "Downloads";

    private static readonly GeneratedImage Image = new(new Uri("https://images.example/1.png"));

    public static async Task<IEnumerable<CatalogueMessage>> AllAsync() =>
    [
        await FailedAsync("no connection", (0, "")),
        await FailedAsync("error status", (404, "")),
        await FailedAsync("not an image", (200, "<html>no image</html>")),
        await FailedAsync("empty", (200, "")),
        await FailedAsync("cut off", (200, "GIF89a\u0001\0\u0001\0\0\0\0,\0\0")),
        await FailedAsync("larger than MaxDownloadBytes", (200, "GIF89a" + new string('a', 100))),
        await FailedAsync("plain http", (200, ""), "http://images.example/1.png"),
        CatalogueMessage.FromException("Client", "stream cannot be written", await UnwritableAsync()),
        await TooLongAsync(),
    ];

    private static async Task<CatalogueMessage> FailedAsync(
        string name, ScriptedAnswer answer, string url = "https://images.example/1.png?token=secret") => CatalogueMessage.FromException(
        Folder, name, await CallAsync(answer, client => client.DownloadAsync(new(new Uri(url)), new MemoryStream(), Token)));

    private static Task<Exception?> UnwritableAsync() => CallAsync(
        (200, ""), client => client.DownloadAsync(Image, new MemoryStream([], writable: false), Token));

    /// <summary>The path depends on the machine, so the message has a short word instead.</summary>
    private static async Task<CatalogueMessage> TooLongAsync()
    {
        var path = Path.GetFullPath(new string('x', 300) + ".png");
        var exception = await CallAsync(
            (200, ""), client => client.SaveAsync(Image, path, cancellationToken: Token));
        return new("Client", "path too long", exception!.Message.Replace(path, "PATH", StringComparison.Ordinal));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<Exception?> CallAsync(ScriptedAnswer answer, Func<IImaImageClient, Task> call)
    {
        var options = new ImaNanoBananaOptions { ApiKey = "ima_test_key", RetryReads = false, MaxDownloadBytes = 50 };
        using var handler = new ScriptedHandler().With("1.png", answer);
        using var client = TestClients.Create(options, handler, new TestTimeProvider());
        return await Record.ExceptionAsync(() => call(client));
    }
}
