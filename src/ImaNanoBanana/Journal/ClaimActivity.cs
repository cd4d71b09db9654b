namespace ImaNanoBanana.Journal;

/// <summary>
/// Observes the claim of another call for signs that its process is still working on it. A claim without such a sign for as long as
/// a submission may take is no longer waited for, whatever the times in the claim say.
/// </summary>
/// <param name="window">How long a submission may take without a sign of activity.</param>
/// <param name="time">The clock, which is used only to measure durations.</param>
internal sealed class ClaimActivity(TimeSpan window, TimeProvider time)
{
    private (string ClaimId, DateTimeOffset At)? _last;
    private long _seenAt;

    public bool IsRecent(TaskJournalEntry claim)
    {
        var sign = (claim.ClaimId, claim.ClaimedAt);
        if (_last != sign)
        {
            (_last, _seenAt) = (sign, time.GetTimestamp());
        }

        return time.GetElapsedTime(_seenAt) < window;
    }
}
