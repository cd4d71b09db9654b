namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Specifies which submission a call refers to.</summary>
/// <param name="IdempotencyKey">The idempotency key of the submission.</param>
/// <param name="Entry">Its journal entry, if the call repeats an earlier one and is not charged. Null for a new submission.</param>
internal sealed record KeyChoice(string IdempotencyKey, TaskJournalEntry? Entry)
{
    /// <summary>Whether an identical call returns this submission instead of making a new one. Pure.</summary>
    public static bool IsRepeatable(TaskJournalEntry entry, DateTimeOffset now, TimeSpan window) =>
        entry.IsUnknown || now - entry.ClaimedAt < window;

    /// <summary>
    /// The latest submission of the same content is used again while it is within the window, and without a time limit if its
    /// outcome is unknown. The window has no fixed start time: otherwise a call before and a call after that time would be charged
    /// twice. Pure.
    /// </summary>
    public static KeyChoice Choose(IEnumerable<TaskJournalEntry> journal, string key, DateTimeOffset now, TimeSpan window)
    {
        // Use the greatest number, not the first free one: older entries leave the journal before newer ones.
        var (entry, number) = journal
            .Select(entry => (Entry: entry, Number: ContentKey.Number(key, entry.IdempotencyKey)))
            .Where(known => known.Number > 0)
            .OrderByDescending(known => known.Number)
            .FirstOrDefault();
        return entry is not null && IsRepeatable(entry, now, window)
            ? new KeyChoice(entry.IdempotencyKey, entry)
            : new KeyChoice(ContentKey.Numbered(key, number + 1), null);
    }
}
