using System.CommandLine;
using System.Globalization;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima status</c>.</summary>
internal sealed class StatusCommand(Argument<string> task)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var known = await TaskArgument.ReadAsync(session, session.Parsed.GetRequiredValue(task), cancellationToken);
        if (known.IdempotencyKey is { } key)
        {
            // A status saves no image, so the task can still be fetched.
            session.Entries?.KeepOpen(key);
        }

        var progress = await session.Client.GetStatusAsync(known, cancellationToken);
        if (progress.Error is { } error)
        {
            // Reported like the same failure of "watch", with its reasons, the charge and the exit code.
            throw error;
        }

        var urls = (progress.Result?.Images ?? progress.ReadyImages).Select(image => image.Url.AbsoluteUri).ToList();
        var isReady = progress.Result is not null;
        if (session.IsJson)
        {
            session.Screen.Result(JsonLine.Serialize(
                new StatusDocument(
                    known.Id,
                    isReady ? "ready" : "generating",
                    progress.Percent,
                    Math.Round(progress.Elapsed.TotalSeconds, 1),
                    urls,
                    known.ToHandle()),
                json => json.StatusDocument));
            return ExitCode.Ok;
        }

        var say = session.Say;
        session.Screen.Result(
        [
            (say["task", "任务"], known.Id),
            (say["status", "状态"], isReady ? say["ready", "已完成"] : say["generating", "正在生成"]),
            (say["percent", "进度"], progress.Percent?.ToString(CultureInfo.InvariantCulture) ?? "?"),
            .. urls.Select(url => (say["image", "图片"], url)),
        ]);
        return ExitCode.Ok;
    }
}
