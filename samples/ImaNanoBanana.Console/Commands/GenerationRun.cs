using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Cli.Commands;

/// <summary>Submits a request, shows its progress, saves the image and prints the result.</summary>
internal sealed class GenerationRun(CliOptions options, Session session)
{
    private readonly PreferredModel _preferred = new(options, session);

    public async Task<int> RunAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        var client = session.Client;
        var printer = OutputReader.Read(options, session, ImageFileName.FromText(request.Prompt));
        printer.CheckOutput();
        request = await _preferred.ApplyToAsync(request, cancellationToken);
        if (session.Parsed.GetValue(options.LogPrompts))
        {
            session.Log.Write(LogLevel.Information, $"prompt: {request.Prompt}");
        }

        return session.Parsed.GetValue(options.Narrate)
            ? await StreamMessagesAsync(
                client.StreamMessagesAsync(
                    request, session.Say.Language, timeProvider: session.Host.Time, cancellationToken: cancellationToken),
                printer,
                true,
                cancellationToken)
            : await FollowAsync(client.GenerateStreamingAsync(request, cancellationToken), printer, true, cancellationToken);
    }

    /// <summary>Does the same for a task that was already submitted.</summary>
    public Task<int> RunAsync(ImageTask task, CancellationToken cancellationToken)
    {
        var printer = OutputReader.Read(options, session);
        printer.CheckOutput();
        return session.Parsed.GetValue(options.Narrate)
            ? StreamMessagesAsync(
                session.Client.StreamMessagesAsync(
                    task, session.Say.Language, timeProvider: session.Host.Time, cancellationToken: cancellationToken),
                printer,
                false,
                cancellationToken)
            : FollowAsync(session.Client.WatchAsync(task, cancellationToken), printer, false, cancellationToken);
    }

    private async Task<int> FollowAsync(
        IAsyncEnumerable<ImageProgress> stream, ResultPrinter printer, bool isSubmission, CancellationToken cancellationToken)
    {
        var lines = new ProgressLines(session.Screen, session.Say);
        await foreach (var progress in stream)
        {
            lines.Show(progress);
            if (progress.Result is { } result)
            {
                await printer.PrintAsync(result, cancellationToken);
                await EndedAsync(result.Task, isSubmission);
            }
        }

        return ExitCode.Ok;
    }

    private async Task<int> StreamMessagesAsync(
        IAsyncEnumerable<ImageMessage> stream, ResultPrinter printer, bool isSubmission, CancellationToken cancellationToken)
    {
        var code = ExitCode.Failed;
        await foreach (var message in stream)
        {
            Tell(message);
            if (message.Result is { } result)
            {
                foreach (var file in await printer.SaveAsync(result, cancellationToken))
                {
                    session.Screen.Note(
                        session.Say[$"Saved: {session.Host.Shown(file.Path!)}", $"已保存：{session.Host.Shown(file.Path!)}"]);
                }

                await EndedAsync(result.Task, isSubmission);
                code = ExitCode.Ok;
            }
            else if (message.Error is { } error)
            {
                code = FailureReport.FromException(error, session)!.Show(session);
            }
        }

        return code;
    }

    /// <exception cref="UnseenException">The message could not be written, and a task is in progress.</exception>
    private void Tell(ImageMessage message)
    {
        try
        {
            if (session.IsJson)
            {
                session.Screen.Result(JsonLine.Serialize(
                    new MessageDocument((int)message.Step, message.Text, [.. message.Images.Select(image => image.Url.AbsoluteUri)]),
                    json => json.MessageDocument));
            }
            else
            {
                session.Screen.Text(message.Text + Environment.NewLine);
            }
        }
        catch (OutputException exception) when (message.Result is { } result)
        {
            throw new UnsavedException(result, exception);
        }
        catch (OutputException exception) when (message is { Error: null, Task: { } task })
        {
            throw new UnseenException(task, exception);
        }
        catch (OutputException) when (message.Error is not null)
        {
            // The report of the error is written to standard error, with the task.
        }
    }

    private async Task EndedAsync(ImageTask task, bool isSubmission)
    {
        session.Log.Write(LogLevel.Information, $"task {task.Id} of {task.Model} is ready, {task.Credits} credits");
        if (isSubmission)
        {
            await _preferred.KeepAsync(task);
        }
    }
}
