namespace ImaNanoBanana.Requests.Credits;

/// <summary>
/// Remembers which histories a budget has counted. Each history is counted once, even if several submissions request it at the
/// same time. A count that failed is repeated.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class BudgetHistory
{
    private readonly object _gate = new();
    private readonly Dictionary<(object Source, string? Prefix), Task> _counts = [];

    public Task OnceAsync(object source, string? prefix, Func<Task> count)
    {
        lock (_gate)
        {
            if (!_counts.TryGetValue((source, prefix), out var counting) || counting.IsFaulted || counting.IsCanceled)
            {
                _counts[(source, prefix)] = counting = count();
            }

            return counting;
        }
    }
}
