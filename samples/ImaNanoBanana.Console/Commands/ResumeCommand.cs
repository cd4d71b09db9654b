using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima resume</c>: fetches the tasks in the journal that were not delivered.</summary>
internal sealed class ResumeCommand(CliOptions options)
{
    /// <returns>The code of the last failure; an unknown outcome takes precedence over all others.</returns>
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var output = session.Parsed.GetValue(options.Output);
        var printer = new ResultPrinter(session, output is null ? null : output + Path.DirectorySeparatorChar);
        printer.CheckOutput();
        var (code, found) = (ExitCode.Ok, 0);
        await foreach (var outcome in session.Client.ResumeAsync(cancellationToken: cancellationToken))
        {
            found++;
            session.Screen.Note(session.Say[$"Submission {outcome.IdempotencyKey}", $"请求 {outcome.IdempotencyKey}"]);
            var failed = await ShowAsync(printer, outcome, session, cancellationToken);
            code = failed == ExitCode.Ok || code == ExitCode.OutcomeUnknown ? code : failed;
        }

        if (found == 0)
        {
            session.Screen.Note(session.Say["There are no images to fetch.", "没有待取回的图片。"]);
        }

        return code;
    }

    /// <summary>Reports an image that could not be saved with its handle, and continues with the next one.</summary>
    private static async Task<int> ShowAsync(
        ResultPrinter printer, ImageOutcome outcome, Session session, CancellationToken cancellationToken)
    {
        var failure = (Exception?)outcome.Error ?? outcome.Cancellation;
        if (outcome.Result is { } result)
        {
            try
            {
                await printer.PrintAsync(result, cancellationToken);
                return ExitCode.Ok;
            }
            catch (UnsavedException exception)
            {
                failure = exception;
            }
        }

        return FailureReport.FromException(failure!, session)!.Show(session);
    }
}
