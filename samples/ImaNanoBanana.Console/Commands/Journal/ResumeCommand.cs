using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Journal;

/// <summary><c>ima resume</c>: fetches the tasks in the journal that were not delivered. A task stays there until its images are saved.
/// </summary>
internal sealed class ResumeCommand(CliOptions options)
{
    /// <returns>The code of the last failure; an unknown outcome takes precedence over all others.</returns>
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var printer = Printer(session);
        printer.CheckOutput();
        var (code, found, kept) = (ExitCode.Ok, 0, 0);
        await foreach (var outcome in session.Client.ResumeAsync(cancellationToken: cancellationToken))
        {
            found++;
            session.Screen.Note(session.Say[$"Submission {outcome.IdempotencyKey}", $"请求 {outcome.IdempotencyKey}"]);
            var (failed, isSaved) = await ShowAsync(printer, outcome, session, cancellationToken);
            if (outcome.Result is { } result && (!isSaved || result.MissingCount > 0))
            {
                // Images that the service has not listed may still appear.
                session.Entries?.KeepOpen(outcome.IdempotencyKey);
                kept++;
            }

            code = failed == ExitCode.Ok || code == ExitCode.OutcomeUnknown ? code : failed;
        }

        if (found == 0)
        {
            session.Screen.Note(session.Say["There are no images to fetch.", "没有待取回的图片。"]);
        }
        else if (kept > 0)
        {
            session.Screen.Note(session.Say[
                "Images that were not saved can be fetched again with `ima resume`.", "尚未保存的图片可再次使用 `ima resume` 取回。"]);
        }

        return code;
    }

    private ResultPrinter Printer(Session session)
    {
        var folder = session.Parsed.GetValue(options.Output);
        return folder is null || session.Parsed.GetValue(options.NoSave)
            ? OutputReader.Read(options, session)
            : new ResultPrinter(session, folder + Path.DirectorySeparatorChar);
    }

    /// <summary>Reports an image that could not be saved with its handle, and continues with the next one.</summary>
    private static async Task<(int Code, bool IsSaved)> ShowAsync(
        ResultPrinter printer, ImageOutcome outcome, Session session, CancellationToken cancellationToken)
    {
        var failure = (Exception?)outcome.Error ?? outcome.Cancellation;
        if (outcome.Result is { } result)
        {
            try
            {
                await printer.PrintAsync(result, cancellationToken);
                return (ExitCode.FromResult(result), printer.IsSaving);
            }
            catch (UnsavedException exception)
            {
                failure = exception;
            }
        }

        return (FailureReport.FromException(failure!, session)!.Show(session), false);
    }
}
