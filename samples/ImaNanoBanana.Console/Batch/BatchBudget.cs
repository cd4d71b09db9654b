using System.Text.RegularExpressions;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Creates the budget of a batch. The client counts the earlier submissions whose keys were made from the name of the batch. What lines
/// with other keys have cost, which are their own or those of an earlier version of this program, is counted here.
/// </summary>
internal static class BatchBudget
{
    /// <param name="limit">The limit; null for none.</param>
    /// <param name="name">The name of the batch.</param>
    /// <param name="items">The requests, with what the journal has about them.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<CreditBudget?> CreateAsync(
        decimal? limit, string name, IReadOnlyList<BatchItem> items, CancellationToken cancellationToken)
    {
        if (limit is not { } credits)
        {
            return null;
        }

        var budget = new CreditBudget(credits);
        var made = new Regex($@"\A{Regex.Escape(name)}-([0-9]+|[0-9a-f]{{32}}(-[0-9]+)?)\z", RegexOptions.CultureInvariant);
        var spent = items.Where(item => !made.IsMatch(item.Request.IdempotencyKey!)).Sum(item => item.Entry?.Credits ?? 0);
        if (await budget.TryReserveAsync(Math.Min(spent, credits), cancellationToken) is { } earlier)
        {
            await earlier.CommitAsync(cancellationToken);
        }

        return budget;
    }
}
