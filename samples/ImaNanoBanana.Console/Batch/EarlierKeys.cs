namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Keeps the keys that an earlier version of this program created from the text of a line, if the journal has them. A batch that was
/// started with that version is not charged twice.
/// </summary>
internal static class EarlierKeys
{
    public static async Task<IReadOnlyList<BatchItem>> ApplyAsync(
        IReadOnlyList<BatchItem> items, ITaskJournal journal, CancellationToken cancellationToken)
    {
        var applied = new List<BatchItem>(items.Count);
        foreach (var item in items)
        {
            var isKnown = item.EarlierKey is { } key && await journal.FindAsync(key, cancellationToken) is not null;
            applied.Add(isKnown ? item with { Request = item.Request with { IdempotencyKey = item.EarlierKey } } : item);
        }

        return applied;
    }
}
