namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Finds what the journal has about the lines of a batch. Keeps the keys that an earlier version of this program created from the text
/// of a line, if the journal has them: a batch that was started with that version is not charged twice.
/// </summary>
internal static class EarlierKeys
{
    public static async Task<IReadOnlyList<BatchItem>> ApplyAsync(
        IReadOnlyList<BatchItem> items, ITaskJournal journal, CancellationToken cancellationToken)
    {
        var applied = new List<BatchItem>(items.Count);
        foreach (var item in items)
        {
            var earlier = item.EarlierKey is { } key ? await journal.FindAsync(key, cancellationToken) : null;
            applied.Add(earlier is null
                ? item with { Entry = await journal.FindAsync(item.Request.IdempotencyKey!, cancellationToken) }
                : item with { Request = item.Request with { IdempotencyKey = item.EarlierKey }, Entry = earlier });
        }

        return applied;
    }
}
