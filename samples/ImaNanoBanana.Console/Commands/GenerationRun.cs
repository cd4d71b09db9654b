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

        await NoteUnknownAsync(cancellationToken);
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
        var (lines, code, stage) = (new ProgressLines(session.Screen, session.Say), ExitCode.Ok, default(ImageStage?));
        await using var interrupted = cancellationToken.Register(() => NoteInterrupted(stage));
        await foreach (var progress in stream)
        {
            stage = progress.Stage;
            lines.Show(progress);
            if (progress.Result is { } result)
            {
                await printer.PrintAsync(result, cancellationToken);
                await EndedAsync(result, isSubmission);
                code = ExitCode.FromResult(result);
            }
        }

        return code;
    }

    /// <summary>Otherwise nothing happens on the screen until the response arrives, and the user presses Ctrl-C again.</summary>
    private void NoteInterrupted(ImageStage? stage)
    {
        if (stage == ImageStage.Submitting)
        {
            session.Screen.Note(session.Say[
                "Interrupted. Waiting for the response to the request that was sent; a second Ctrl-C leaves its outcome unknown.",
                "已中断。正在等待已发送请求的响应；再次按 Ctrl-C 将使其结果未知。"]);
        }
    }

    /// <summary>The same request again would be charged again, although the first one may have been charged.</summary>
    private async Task NoteUnknownAsync(CancellationToken cancellationToken)
    {
        var unknown = 0;
        await foreach (var entry in session.Client.Journal.ListAsync(new TaskJournalFilter(), cancellationToken))
        {
            unknown += entry.State == TaskJournalState.Unknown ? 1 : 0;
        }

        if (unknown > 0)
        {
            session.Screen.Note(session.Say[
                $"Note: the outcome of earlier submissions is unknown ({unknown}), and they may have been charged. "
                    + "`ima journal` lists them.",
                $"注意：有 {unknown} 个先前的请求结果未知，可能已扣费。运行 `ima journal` 可查看。"]);
        }
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

                await EndedAsync(result, isSubmission);
                code = ExitCode.FromResult(result);
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

    private async Task EndedAsync(ImageResult result, bool isSubmission)
    {
        var task = result.Task;
        session.KeepIfIncomplete(result);
        session.Log.Write(LogLevel.Information, $"task {task.Id} of {task.Model} is ready, {task.Credits} credits");
        if (isSubmission)
        {
            await _preferred.KeepAsync(task);
        }
    }
}
