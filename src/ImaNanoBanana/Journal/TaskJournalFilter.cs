namespace ImaNanoBanana;

/// <summary>
/// Specifies which entries of a journal are listed. The default lists the submissions that are not finished. Immutable.
/// </summary>
public sealed record TaskJournalFilter
{
    /// <summary>
    /// Finished submissions that were changed since this time, as returned by <see cref="ITaskJournal.GetTimeAsync"/>, are listed as
    /// well. <see cref="DateTimeOffset.MinValue"/> lists all of them; null, the default, lists none.
    /// </summary>
    public DateTimeOffset? FinishedSince { get; init; }

    /// <summary>
    /// The registration whose entries are listed; null, the default, for the registration of the journal that is asked.
    /// </summary>
    public string? Registration { get; init; }

    /// <summary>The last entry of the previous page; null, the default, to begin with the first entry.</summary>
    public TaskJournalEntry? After { get; init; }

    /// <summary>The maximum number of entries; null, the default, for no limit.</summary>
    public int? MaxCount { get; init; }

    /// <summary>Gets whether the filter selects an entry, whatever its page and registration.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>True if the submission is not finished, or was changed since <see cref="FinishedSince"/>.</returns>
    public bool Selects(TaskJournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.IsPending || entry.IsUnknown || (entry.EndedAt ?? entry.ClaimedAt) >= FinishedSince;
    }

    /// <summary>Gets whether an entry is listed after <see cref="After"/>: entries are sorted by claim time, then by key.</summary>
    internal bool IsOnPage(TaskJournalEntry entry) => After is null || Order(entry, After) > 0;

    /// <summary>Puts the entries of a page, and of those after it, in order.</summary>
    /// <returns>The entries of the page.</returns>
    internal List<TaskJournalEntry> Page(List<TaskJournalEntry> entries)
    {
        entries.Sort(Order);
        return entries[..Math.Clamp(MaxCount ?? int.MaxValue, 0, entries.Count)];
    }

    private static int Order(TaskJournalEntry left, TaskJournalEntry right)
    {
        var byTime = left.ClaimedAt.CompareTo(right.ClaimedAt);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.IdempotencyKey, right.IdempotencyKey);
    }
}
