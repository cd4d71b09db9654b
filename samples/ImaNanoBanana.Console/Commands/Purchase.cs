using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>Orders an image, shows how it comes along, saves it and prints the result.</summary>
internal sealed class Purchase(CliOptions options, Session session)
{
    private readonly ResultPrinter _printer = new(session, session.Parsed.GetValue(options.Output));

    public Task<int> RunAsync(ImageRequest request, CancellationToken cancellationToken) => session.Parsed.GetValue(options.Narrate)
        ? NarrateAsync(session.Client.NarrateAsync(request, session.Say.Language, timeProvider: session.Host.Time, cancellationToken: cancellationToken), cancellationToken)
        : FollowAsync(session.Client.GenerateStreamAsync(request, cancellationToken), cancellationToken);

    /// <summary>The same for a task that is bought already.</summary>
    public Task<int> RunAsync(ImageTask task, CancellationToken cancellationToken) => session.Parsed.GetValue(options.Narrate)
        ? NarrateAsync(session.Client.NarrateAsync(task, session.Say.Language, timeProvider: session.Host.Time, cancellationToken: cancellationToken), cancellationToken)
        : FollowAsync(session.Client.WatchAsync(task, cancellationToken), cancellationToken);

    private async Task<int> FollowAsync(IAsyncEnumerable<ImageProgress> stream, CancellationToken cancellationToken)
    {
        var lines = new ProgressLines(session.Screen, session.Say);
        await foreach (var progress in stream)
        {
            lines.Show(progress);
            if (progress.Result is { } result)
            {
                await _printer.PrintAsync(result, cancellationToken);
            }
        }

        return ExitCode.Ok;
    }

    private async Task<int> NarrateAsync(IAsyncEnumerable<ImageMessage> stream, CancellationToken cancellationToken)
    {
        var code = ExitCode.Failed;
        await foreach (var message in stream)
        {
            session.Screen.Result(session.IsJson
                ? JsonLine.Of(new MessageDocument((int)message.Step, message.Text, [.. message.Images.Select(image => image.Url.AbsoluteUri)]), json => json.MessageDocument)
                : message.Text + Environment.NewLine);
            if (message.Result is { } result)
            {
                await _printer.SaveAsync(result, cancellationToken);
                code = ExitCode.Ok;
            }
            else if (message.Error is { } error)
            {
                code = FailureReport.Of(error, session)!.Show(session);
            }
        }

        return code;
    }
}
