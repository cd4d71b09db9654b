namespace ImaNanoBanana.Journal;

/// <summary>
/// Watches the claim of another call for signs that its process still works on it. Whatever the claim's times say, one that
/// shows none for as long as an order may take is not waited for any longer.
/// </summary>
/// <param name="window">How long an order may take without a sign.</param>
/// <param name="time">The clock, as far as it measures lengths of time.</param>
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
