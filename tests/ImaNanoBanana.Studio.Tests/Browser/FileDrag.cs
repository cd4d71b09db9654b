using System.Text.Json;
using Microsoft.Playwright;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>A file that is dragged from outside into the window. The browser makes the events and the DataTransfer itself.</summary>
internal sealed class FileDrag : IAsyncDisposable
{
    private readonly ICDPSession _session;
    private readonly string _path;

    private FileDrag(ICDPSession session, string path) => (_session, _path) = (session, path);

    public static async Task<FileDrag> StartAsync(IPage page, string path)
    {
        var drag = new FileDrag(await page.Context.NewCDPSessionAsync(page), path);
        await drag.SendAsync("dragEnter");
        await drag.SendAsync("dragOver");
        return drag;
    }

    public Task DropAsync() => SendAsync("drop");

    public async ValueTask DisposeAsync() => await _session.DetachAsync();

    private Task<JsonElement?> SendAsync(string type) => _session.SendAsync(
        "Input.dispatchDragEvent",
        new Dictionary<string, object>
        {
            ["type"] = type,
            ["x"] = 200,
            ["y"] = 200,
            ["data"] = new { items = Array.Empty<object>(), files = new[] { _path }, dragOperationsMask = 1 },
        });
}
