using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Journal;

/// <summary>
/// Keeps a claim alive for as long as its submission takes, including the waits between its sends, and checks before a send whether
/// the claim still exists.
/// </summary>
/// <remarks>For one submission. The renewals run in the background until the lease is disposed.</remarks>
internal sealed class ClaimLease : IAsyncDisposable
{
    /// <summary>Short enough for a reader whose own submissions take less time.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    /// <summary>A claim that was made this recently needs no further check, because the send follows immediately.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly TaskJournalEntry _claim;
    private readonly Func<TaskJournalEntry, bool, CancellationToken, Task<bool>> _renew;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _renewals;
    private readonly long _claimedAt;
    private bool _isChecked;

    /// <param name="claim">The claim, which was just made.</param>
    /// <param name="claimedAt">The clock's timestamp from before the claim was made.</param>
    /// <param name="window">How long others consider a claim alive without a sign of activity.</param>
    /// <param name="renew">Renews the claim and, if requested, waits until the journal has finished; returns false if the claim no
    /// longer exists.</param>
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

    /// <summary>Call this method before each send.</summary>
    /// <returns>False if the claim no longer exists or belongs to another caller. Then nothing may be sent.</returns>
    /// <exception cref="ImaException">The journal failed, so the state of the claim is unknown.</exception>
    public async Task<bool> HoldsAsync(CancellationToken cancellationToken)
    {
        var isFirst = !_isChecked;
        _isChecked = true;
        return (isFirst && _time.GetElapsedTime(_claimedAt) < Fresh)
            || await _renew(_claim, false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops the renewals and waits for a renewal in progress, because it could overwrite the result of the submission with the claim.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        TimedCancellation.Begin(_ending);
        await _renewals.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failed renewal is repeated; the check before a send reports its errors.")]
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
                // Try again at the next interval.
            }
        }
    }
}
