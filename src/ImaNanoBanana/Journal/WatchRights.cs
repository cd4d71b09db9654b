namespace ImaNanoBanana.Journal;

/// <summary>
/// Takes the rights to watch tasks in the journal, so that a process that resumes leaves alone what another one watches. A journal that
/// fails keeps no one from watching: two deliveries are better than none.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="calls">Calls the journal within its time limit.</param>
/// <param name="memory">What this process submitted.</param>
/// <param name="remembersAll">Whether the journal records every submission.</param>
/// <param name="time">The clock.</param>
internal sealed class WatchRights(
    ITaskJournal journal, JournalCalls calls, SubmissionMemory memory, bool remembersAll, TimeProvider time)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Takes the right to resume the task of an entry. If another process has the right, waits as long as a process that is gone may
    /// have it: after that, the other process is alive.
    /// </summary>
    /// <returns>The right, which the caller disposes; null if another process watches or has delivered the task.</returns>
    public async Task<WatchLease?> TryTakeAsync(TaskJournalEntry entry, CancellationToken cancellationToken)
    {
        var watcher = Guid.NewGuid().ToString("N");
        var tryWatch = Of(entry, watcher);
        long? refusedAt = null;
        try
        {
            while (!await tryWatch(WatchLease.Length, cancellationToken).ConfigureAwait(false))
            {
                // From the first refusal: until then, the other process may have renewed its right for the last time.
                refusedAt ??= time.GetTimestamp();
                if (time.GetElapsedTime(refusedAt.Value) > WatchLease.Length
                    || await IsDeliveredAsync(entry, cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                await Task.Delay(LookInterval, time, cancellationToken).ConfigureAwait(false);
            }

            // Only with the right is this certain: another process may have delivered the task since the entry was read.
            var isDelivered = await IsDeliveredAsync(entry, cancellationToken).ConfigureAwait(false);
            var lease = new WatchLease(ToItsEnd(entry, watcher), isTaken: true, time);
            if (!isDelivered)
            {
                return lease;
            }

            await lease.DisposeAsync().ConfigureAwait(false);
            return null;
        }
        catch (ImaException)
        {
            return new WatchLease(ToItsEnd(entry, watcher), isTaken: false, time);
        }
    }

    /// <summary>Tells other processes that this one watches a task, if the journal records it.</summary>
    /// <returns>The lease, which the caller disposes; null if the journal does not record the task.</returns>
    public WatchLease? Take(ImageTask task)
    {
        if (task.IdempotencyKey is not { } key || (!remembersAll && memory.Known(key, null) is null))
        {
            return null;
        }

        Func<TimeSpan, CancellationToken, Task<bool>>? tryWatch = null;
        memory.AddWatcher(key);
        return new WatchLease(
            async (length, token) =>
            {
                if (length == TimeSpan.Zero && memory.RemoveWatcher(key))
                {
                    // Another watcher of this process keeps the right.
                    return true;
                }

                tryWatch ??= await FindAsync(key, token).ConfigureAwait(false);
                return tryWatch is null || await tryWatch(length, token).ConfigureAwait(false);
            },
            isTaken: false,
            time);
    }

    /// <summary>Takes the right for the process that submits, before the entry shows that there is a task.</summary>
    public Task TakeAsync(TaskJournalEntry claim) => Of(claim, claim.ClaimId)(WatchLease.Length, CancellationToken.None);

    private async Task<Func<TimeSpan, CancellationToken, Task<bool>>?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var own = memory.Known(key, null);
        var entry = own ?? await calls.ReadAsync(key, token => journal.FindAsync(key, token), cancellationToken).ConfigureAwait(false);

        // What this process submitted, it has the right to watch.
        return entry is null ? null : ToItsEnd(entry, own is null ? memory.Watcher : entry.ClaimId);
    }

    private async Task<bool> IsDeliveredAsync(TaskJournalEntry entry, CancellationToken cancellationToken)
    {
        var key = entry.IdempotencyKey;
        var now = await calls.ReadAsync(key, token => journal.FindAsync(key, token), cancellationToken).ConfigureAwait(false);
        return now is null || now.ClaimId != entry.ClaimId || now.EndedAt != entry.EndedAt;
    }

    /// <summary>A renewal that a journal still writes must not follow the end of the lease.</summary>
    private Func<TimeSpan, CancellationToken, Task<bool>> ToItsEnd(TaskJournalEntry entry, string watcher) =>
        Of(entry, watcher, toItsEnd: true);

    private Func<TimeSpan, CancellationToken, Task<bool>> Of(TaskJournalEntry entry, string watcher, bool toItsEnd = false) =>
        (length, cancellationToken) => calls.ReadAsync(
            entry.IdempotencyKey,
            token => journal.TryWatchAsync(entry, watcher, length, token),
            cancellationToken,
            toItsEnd: toItsEnd);
}
