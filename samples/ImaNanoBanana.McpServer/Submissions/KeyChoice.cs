namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Which purchase a call stands for.</summary>
/// <param name="IdempotencyKey">Its idempotency key.</param>
/// <param name="Entry">What the journal holds of it: the call is a repetition and buys nothing. Null for a new purchase.</param>
internal sealed record KeyChoice(string IdempotencyKey, TaskJournalEntry? Entry)
{
    /// <summary>
    /// The youngest purchase of the same content is used again while it is within the window, and for ever where nobody can
    /// tell whether it was bought. There are no periods that begin anew at some hour: a call before and one after would buy twice. Pure.
    /// </summary>
    public static KeyChoice Choose(IEnumerable<TaskJournalEntry> journal, string key, DateTimeOffset now, TimeSpan window)
    {
        // The greatest number, and not the first that is free: older purchases leave the journal before younger ones.
        var (entry, number) = journal
            .Select(entry => (Entry: entry, Number: ContentKey.Number(key, entry.IdempotencyKey)))
            .Where(known => known.Number > 0)
            .OrderByDescending(known => known.Number)
            .FirstOrDefault();
        return entry is not null && (entry.IsUnknown || now - entry.ClaimedAt < window)
            ? new KeyChoice(entry.IdempotencyKey, entry)
            : new KeyChoice(ContentKey.Numbered(key, number + 1), null);
    }
}
