namespace ImaNanoBanana.Journal;

/// <summary>
/// Decides what a journal entry means for a new submission with the same key: the same request returns the existing task, and a
/// different request is an error. Pure.
/// </summary>
internal static class JournalRules
{
    /// <param name="entry">The entry of the key.</param>
    /// <param name="requestHash">The hash of the new request.</param>
    /// <param name="now">The time by the journal's clock. A claim from the future counts as made just now.</param>
    /// <param name="window">How long a submission may be in progress without a sign of activity from its process.</param>
    public static KeyState Judge(TaskJournalEntry entry, string requestHash, DateTimeOffset now, TimeSpan window)
    {
        if (entry.RequestHash.Length > 0 && entry.RequestHash != requestHash)
        {
            return KeyState.OtherRequest;
        }


        // Without a hash, it is unknown what the key was used for. What follows submits nothing either.
        if (!entry.IsUnknown)
        {
            return KeyState.TaskExists;
        }

        if (IsInProgress(entry, now, window))
        {
            return KeyState.InProgress;
        }

        return KeyState.Unknown;
    }

    public static bool IsInProgress(TaskJournalEntry entry, DateTimeOffset now, TimeSpan window) =>
        entry.State == TaskJournalState.Claimed && now - entry.ClaimedAt < window;

    /// <returns>The task of an entry, with the time at which its end was delivered.</returns>
    public static ImageTask Task(TaskJournalEntry entry) => entry.Submitted with { EndedAt = entry.EndedAt };
}
