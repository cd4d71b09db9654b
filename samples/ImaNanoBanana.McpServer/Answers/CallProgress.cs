using System.Globalization;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Sends progress notifications for one call if its caller asked for them.</summary>
internal sealed class CallProgress(RequestContext<CallToolRequestParams> call)
{
    private const float Step = 0.01f;

    private float _last = -1;

    public async Task ReportAsync(ImageProgress progress, Wording say)
    {
        if (call.Params?.ProgressToken is not { } token)
        {
            return;
        }

        // The protocol requires each value to be greater than the previous one, but an estimate may stay the same.
        _last = Math.Max(progress.Percent ?? 0, _last + Step);
        var percent = progress.Percent is { } known ? $" {known.ToString(CultureInfo.InvariantCulture)}%" : "";
        var seconds = progress.Elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        var value = new ProgressNotificationValue
        {
            Progress = _last,
            Total = 100,
            Message = progress.Result is not null
                ? say["The image is ready", "图片已生成"]
                : say[$"Generating…{percent}, {seconds} s so far", $"正在生成…{percent}，已等待 {seconds} 秒"],
        };
        try
        {
            await call.Server.NotifyProgressAsync(token, value, cancellationToken: CancellationToken.None);
        }
        catch (Exception exception) when (
            exception is IOException or InvalidOperationException or OperationCanceledException or McpException)
        {
            // The client no longer listens. The call still waits for the image.
        }
    }
}
