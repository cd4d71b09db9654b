using System.CommandLine;
using System.Globalization;
using ImaNanoBanana.Cli.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima batch</c>: reads and writes JSON lines. Running it again continues after an interruption.</summary>
internal sealed class BatchCommand(CliOptions options, Argument<string> file, BatchCommandOptions own)
{
    private const string StandardInput = "-";
    private const int DefaultConcurrency = 4;

    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var parsed = session.Parsed;
        var path = parsed.GetRequiredValue(file);
        var text = path == StandardInput
            ? BatchText.Lines(await session.Host.In.ReadToEndAsync(cancellationToken))
            : BatchText.Lines(await BytesAsync(session.Host.FullPath(path), cancellationToken));
        var name = parsed.GetValue(own.Name) ?? (path == StandardInput ? "batch" : Path.GetFileNameWithoutExtension(path));
        var folder = parsed.GetValue(options.Output);
        var place = new BatchPlace(folder is null ? session.Host.Folder : session.Host.FullPath(folder));
        var lines = new BatchFile(new RequestReader(options, session), session, name, place).Read(text);
        var settings = new ImageBatchOptions
        {
            MaxConcurrency = parsed.GetValue(own.Concurrency) ?? DefaultConcurrency,
            Budget = parsed.GetValue(own.Budget) is { } credits ? new CreditBudget(credits) : null,
        };
        foreach (var output in lines.Select(line => Output(folder, line.Line.Output)).Distinct())
        {
            new ResultPrinter(session, output).CheckOutput();
        }

        var (done, spent, codes) = (0, 0m, new HashSet<int>());
        try
        {
            await foreach (
                var outcome in session.Client.GenerateBatchAsync(lines.Select(line => line.Request), settings, cancellationToken))
            {
                var output = Output(folder, lines[outcome.Number!.Value - 1].Line.Output);
                codes.Add(await ShowAsync(session, outcome, output));
                done += outcome.Result is null ? 0 : 1;
                spent += outcome.Task?.Credits ?? 0;
            }
        }
        finally
        {
            var next = session.Parsed.GetValue(options.NoJournal)
                ? session.Say["Without a journal, running it again is charged again.", "未使用任务日志，再次运行会重复扣费"]
                : session.Say["Run the same command again for the rest; nothing is charged twice.", "再次运行同一命令可继续，不会重复扣费"];
            session.Screen.Note(session.Say[
                string.Create(CultureInfo.InvariantCulture, $"{done} of {lines.Count} done, {spent} credits. {next}"),
                string.Create(CultureInfo.InvariantCulture, $"已完成 {done}/{lines.Count}，共消耗 {spent} 积分；{next}")]);
        }

        return codes.Contains(ExitCode.OutcomeUnknown) ? ExitCode.OutcomeUnknown : codes.Where(code => code != ExitCode.Ok).ToList() switch
        {
            [] => ExitCode.Ok,
            [var only] => only,
            _ => ExitCode.Failed,
        };
    }

    /// <summary>Reads on another thread, because a batch may come through a pipe, and opening a pipe waits for its other end.</summary>
    private static Task<byte[]> BytesAsync(string path, CancellationToken cancellationToken) =>
        Task.Run(() => File.ReadAllBytes(path), cancellationToken).WaitAsync(cancellationToken);

    private static async Task<int> ShowAsync(Session session, ImageOutcome outcome, string? output)
    {
        var failure = (Exception?)outcome.Error ?? outcome.Cancellation;
        if (outcome.Result is { } result)
        {
            try
            {
                // Not cancelled: the image was charged, and the outcome of each line is reported.
                var files = await new ResultPrinter(
                    session, output, FileConflictBehavior.Overwrite).SaveAsync(result, CancellationToken.None);
                Print(session, outcome, new BatchDocument { Result = ResultDocument.FromResult(result, files, session) });
                return ExitCode.Ok;
            }
            catch (UnsavedException exception)
            {
                failure = exception;
            }
            catch (OutputException exception)
            {
                throw new UnsavedException(result, exception);
            }
        }

        var report = FailureReport.FromException(failure!, session)!;
        try
        {
            Print(session, outcome, new BatchDocument { Error = report.Facts });
        }
        catch (OutputException)
        {
            // Report the charge wherever output is still possible. The rest of the batch is not submitted unseen.
            foreach (var line in report.Lines)
            {
                session.Screen.Note(line);
            }

            throw;
        }

        return report.Facts.ExitCode;
    }

    private static void Print(Session session, ImageOutcome outcome, BatchDocument document) => session.Screen.Result(JsonLine.Serialize(
        document with { Number = outcome.Number!.Value, IdempotencyKey = outcome.IdempotencyKey, Ok = document.Result is not null }, json =>
            json.BatchDocument));

    private static string? Output(string? folder, string? name) => (folder, name) switch
    {
        (null, null) => null,
        (null, _) => name,
        (_, null) => folder + Path.DirectorySeparatorChar,
        _ => Path.Combine(folder, name),
    };
}
