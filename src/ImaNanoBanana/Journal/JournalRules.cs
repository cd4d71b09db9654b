namespace ImaNanoBanana.Journal;

/// <summary>The rules of sameness (wire contract, careful client, section 7). Pure.</summary>
internal static class JournalRules
{
    /// <param name="entry">What the journal holds of the key.</param>
    /// <param name="requestHash">What is asked for now.</param>
    /// <param name="now">The time by the journal's clock. A claim from the future is as fresh as can be.</param>
    /// <param name="window">How long an order may be under way without a sign of its process.</param>
    public static KeyState Judge(TaskJournalEntry entry, string requestHash, DateTimeOffset now, TimeSpan window)
    {
        if (entry.RequestHash.Length > 0 && entry.RequestHash != requestHash)
        {
            return KeyState.OtherRequest;
        }


        // Without a hash nobody can say what the key was used for. What follows submits nothing either.
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
}
