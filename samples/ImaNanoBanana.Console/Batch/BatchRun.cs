using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Generates the images of a batch, saves them and reports each outcome: as a line of JSON, or on a terminal as text with bars.
/// </summary>
internal sealed class BatchRun(Session session, IReadOnlyList<BatchItem> items)
{
    private readonly BatchTotals _totals = new(items.Count);
    private BatchBoard? _board;

    /// <param name="settings">How the batch is run.</param>
    /// <param name="output">The path that the images of a line are saved to; null if they are not saved.</param>
    /// <param name="hasJournal">Whether the batch can continue later.</param>
    /// <param name="cancellationToken">Cancels submitting and waiting.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(
        ImageBatchOptions settings, Func<BatchLine, string?> output, bool hasJournal, CancellationToken cancellationToken)
    {
        IImaImageClient client = session.Client;
        if (!session.IsJson && !session.Host.IsOutputRedirected)
        {
            _board = new(session, items, _totals);
            client = new WatchedClient(client, _board.Show);
        }

        try
        {
            var outcomes = client.GenerateBatchAsync(items.Select(item => item.Request), settings, cancellationToken);
            await foreach (var outcome in outcomes)
            {
                await ShowAsync(outcome, output(items[outcome.Number!.Value - 1].Line));
            }
        }
        finally
        {
            _board?.End();
            session.Screen.Note(_totals.Summary(session.Say));
            foreach (var line in _totals.Next(session, hasJournal))
            {
                session.Screen.Note(line);
            }
        }

        return _totals.ExitCode;
    }

    private async Task ShowAsync(ImageOutcome outcome, string? output)
    {
        var isEarlier = items[outcome.Number!.Value - 1].Entry?.Task is not null;
        var failure = (Exception?)outcome.Error ?? outcome.Cancellation;
        if (outcome.Result is { } result)
        {
            try
            {
                // Not cancelled: the image was charged, and the outcome of each line is reported.
                var files = await new ResultPrinter(
                    session, output, FileConflictBehavior.Overwrite).SaveAsync(result, CancellationToken.None);
                _totals.Add(result, isEarlier);
                session.KeepIfIncomplete(result);
                Show(outcome, ResultDocument.FromResult(result, files, session), null);
                return;
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
        _totals.Add(outcome.Task, report.Facts, isEarlier);
        try
        {
            Show(outcome, null, report.Facts);
        }
        catch (OutputException)
        {
            // Report the charge wherever output is still possible. The rest of the batch is not submitted unseen.
            report.Note(session);
            throw;
        }
    }

    private void Show(ImageOutcome outcome, ResultDocument? result, ErrorFacts? error)
    {
        var number = outcome.Number!.Value;
        if (_board is null)
        {
            session.Screen.Result(JsonLine.Serialize(
                new BatchDocument
                {
                    Number = number,
                    Ok = result is not null,
                    IdempotencyKey = outcome.IdempotencyKey,
                    Result = result,
                    Error = error,
                },
                json => json.BatchDocument));
        }
        else if (result is not null)
        {
            _board.Finish(number, result);
        }
        else
        {
            _board.Finish(number, error!);
        }
    }
}
