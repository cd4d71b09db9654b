using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Checks the lines of a batch against the product list before the first submission. Spends nothing. Lines that the journal has are
/// not checked: their images are fetched even if the product list has changed.
/// </summary>
internal static class BatchCheck
{
    /// <exception cref="StopException">Lines cannot be used. The message contains all of them. Nothing was submitted.</exception>
    public static async Task RunAsync(Session session, IReadOnlyList<BatchItem> items, CancellationToken cancellationToken)
    {
        var problems = new LineProblems(session.Say);
        foreach (var item in items.Where(item => item.Entry is null))
        {
            try
            {
                await session.Client.QuoteAsync(item.Request, cancellationToken);
            }
            catch (ImaException exception) when (exception.Kind == ImaErrorKind.InvalidRequest)
            {
                problems.Add(item.LineNumber, FailureDetail.OfALine(exception, session.Say));
            }
            catch (ImaException exception) when (exception.Kind == ImaErrorKind.BudgetExceeded)
            {
                // The limit of one line. It is reported with the outcomes and does not stop the other lines.
            }
            catch (ImaException)
            {
                // There is no product list. Each line reports that itself, and what was charged earlier is fetched without it.
                break;
            }
        }

        problems.StopIfAny();
    }
}
