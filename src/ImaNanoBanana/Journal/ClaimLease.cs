using System.Diagnostics.CodeAnalysis;

namespace ImaNanoBanana.Journal;

/// <summary>
/// Keeps a claim alive for as long as its order takes, waits between its sends included, and asks before a send whether it is
/// still there.
/// </summary>
/// <remarks>For one order; its renewals run beside it until it is disposed.</remarks>
internal sealed class ClaimLease : IAsyncDisposable
{
    /// <summary>Often enough for a reader whose own orders take a shorter time.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    /// <summary>A claim that was seen so lately needs no other look: the send follows it at once.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly TaskJournalEntry _claim;
    private readonly Func<TaskJournalEntry, bool, CancellationToken, Task<bool>> _renew;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _renewals;
    private readonly long _claimedAt;
    private int _sends;

    /// <param name="claim">The claim, just made.</param>
    /// <param name="claimedAt">The clock's timestamp from before it was made.</param>
    /// <param name="window">How long others take a claim without a sign for a living one.</param>
    /// <param name="renew">Renews it, to the end of what the journal does where that is asked for; false when it is gone.</param>
    /// <param name="time">The clock.</param>
    public ClaimLease(
        TaskJournalEntry claim,
        long claimedAt,
        TimeSpan window,
        Func<TaskJournalEntry, bool, CancellationToken, Task<bool>> renew,
        TimeProvider time)
    {
        (_claim, _renew, _time, _claimedAt) = (claim, renew, time, claimedAt);
        var interval = window / 4;
        _renewals = RenewAllAsync(interval < LongestInterval ? interval : LongestInterval);
    }

    /// <summary>To be asked before each send.</summary>
    /// <returns>False when the claim is gone or somebody else's: then nothing may be sent.</returns>
    /// <exception cref="ImaException">The journal failed, so nobody can tell.</exception>
    public async Task<bool> HoldsAsync(CancellationToken cancellationToken)
    {
        var isFirst = _sends++ == 0;
        return (isFirst && _time.GetElapsedTime(_claimedAt) < Fresh)
            || await _renew(_claim, false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the renewals. One that is under way would write the claim over what becomes of it, so its end is waited for.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _renewals.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "What fails now is tried again; before a send it is asked for with its errors.")]
    private async Task RenewAllAsync(TimeSpan interval)
    {
        var isThere = true;
        while (isThere)
        {
            await Task.Delay(interval, _time, _ending.Token).ConfigureAwait(false);
            try
            {
                isThere = await _renew(_claim, true, _ending.Token).ConfigureAwait(false);
            }
            catch (Exception) when (!_ending.IsCancellationRequested)
            {
                // The next time.
            }
        }
    }
}
