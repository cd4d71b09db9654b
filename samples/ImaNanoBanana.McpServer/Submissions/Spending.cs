namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>How much of the budget is left after the submissions of the last 24 hours.</summary>
/// <param name="Limit">The budget, in credits.</param>
/// <param name="Left">The credits that are left; never negative.</param>
/// <param name="FreesAt">When the oldest of those submissions no longer counts; null if none counts.</param>
internal sealed record Spending(decimal Limit, decimal Left, DateTimeOffset? FreesAt)
{
    /// <value>24 hours.</value>
    public static readonly TimeSpan Period = TimeSpan.FromHours(24);

    /// <param name="journal">The journal, which outlives the server. Failed tasks and unknown outcomes count, because the service may
    /// have charged them.</param>
    /// <param name="running">The keys that do not count: this process's running submissions, whose credits are reserved.</param>
    /// <param name="held">The reserved credits.</param>
    /// <param name="limit">The budget.</param>
    /// <param name="now">The current time.</param>
    public static Spending Create(
        IEnumerable<TaskJournalEntry> journal, IReadOnlySet<string> running, decimal held, decimal limit, DateTimeOffset now)
    {
        var counted = Counted(journal, running, now).ToList();
        return new Spending(
            limit,
            Math.Max(0, limit - counted.Sum(entry => entry.Credits ?? 0) - held),
            counted.Count == 0 ? null : counted.Min(entry => entry.ClaimedAt) + Period);
    }

    /// <returns>When enough credits are left for a price again; null if waiting does not help, or only running submissions can free
    /// credits.</returns>
    public static DateTimeOffset? LeavesRoomAt(
        IEnumerable<TaskJournalEntry> journal, IReadOnlySet<string> running, decimal held, decimal limit, decimal price, DateTimeOffset now)
    {
        var counted = Counted(journal, running, now).OrderBy(entry => entry.ClaimedAt).ToList();
        var spent = counted.Sum(entry => entry.Credits ?? 0) + held;
        foreach (var entry in counted)
        {
            spent -= entry.Credits ?? 0;
            if (spent + price <= limit)
            {
                return entry.ClaimedAt + Period;
            }
        }

        return null;
    }

    private static IEnumerable<TaskJournalEntry> Counted(
        IEnumerable<TaskJournalEntry> journal, IReadOnlySet<string> running, DateTimeOffset now) =>
        journal.Where(entry =>
        entry.IdempotencyKey.StartsWith(ContentKey.Prefix, StringComparison.Ordinal)
        && now - entry.ClaimedAt < Period
        && !running.Contains(entry.IdempotencyKey));
}
