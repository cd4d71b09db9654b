using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Journal;

/// <summary>
/// Keeps the right to watch one task for as long as the task is watched and its result is processed, so that no other process resumes
/// it. A journal that fails keeps no one from watching.
/// </summary>
/// <remarks>The renewals run in the background until the lease is disposed, which gives the right up.</remarks>
internal sealed class WatchLease : IAsyncDisposable
{
    /// <summary>Another process resumes the task this long after this process is gone.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(6);

    private readonly Func<TimeSpan, CancellationToken, Task<bool>> _tryWatch;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _renewals;

    /// <param name="tryWatch">Takes, renews or gives up the right; returns false if another watcher has it.</param>
    /// <param name="isTaken">Whether the right was just taken; otherwise it is taken in the background.</param>
    /// <param name="time">The clock.</param>
    public WatchLease(Func<TimeSpan, CancellationToken, Task<bool>> tryWatch, bool isTaken, TimeProvider time)
    {
        (_tryWatch, _time) = (tryWatch, time);
        _renewals = RenewAsync(isTaken);
    }

    /// <summary>Whether another watcher has the right now.</summary>
    public bool IsLost { get; private set; }

    public async ValueTask DisposeAsync()
    {
        TimedCancellation.Begin(_ending);
        await _renewals.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await TryAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
        _ending.Dispose();
    }

    private async Task RenewAsync(bool isTaken)
    {
        if (!isTaken)
        {
            await TryAsync(Length, _ending.Token).ConfigureAwait(false);
        }

        while (true)
        {
            await Task.Delay(Interval, _time, _ending.Token).ConfigureAwait(false);
            await TryAsync(Length, _ending.Token).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "A failed renewal is repeated, and a lease that is not renewed expires.")]
    private async Task TryAsync(TimeSpan length, CancellationToken cancellationToken)
    {
        try
        {
            IsLost = !await _tryWatch(length, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Try again at the next interval.
        }
    }
}
