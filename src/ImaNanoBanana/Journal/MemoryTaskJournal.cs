using System.Runtime.CompilerServices;

namespace ImaNanoBanana.Journal;

/// <summary>
/// The default journal of a client: it keeps entries for 24 hours and for this process only. Within that time, it removes none of
/// them, however many there are.
/// </summary>
internal sealed class MemoryTaskJournal(TimeProvider time) : ITaskJournal
{
    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private readonly object _gate = new();
    private readonly Dictionary<string, (TaskJournalEntry Entry, long At)> _entries = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (string Watcher, long At, TimeSpan Lease)> _watches = new(StringComparer.Ordinal);

    /// <summary>The keys in the sequence in which they were claimed, including removed keys; the first is the oldest.</summary>
    private readonly Queue<(string Key, string ClaimId, long At)> _order = new();

    /// <summary>Whether no key is remembered.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _entries.Count == 0;
            }
        }
    }

    public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(Live(idempotencyKey));
        }
    }

    public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (Live(claim.IdempotencyKey) is { } there)
            {
                return Task.FromResult<TaskJournalEntry?>(there);
            }

            Forget();
            var at = time.GetTimestamp();
            _entries[claim.IdempotencyKey] = (claim, at);
            _order.Enqueue((claim.IdempotencyKey, claim.ClaimId, at));
            return Task.FromResult<TaskJournalEntry?>(null);
        }
    }

    public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(TryChange(entry));
        }
    }

    public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(
                Live(claim.IdempotencyKey) is { State: TaskJournalState.Claimed } there
                && there.ClaimId == claim.ClaimId && TryChange(there with { ClaimedAt = claim.ClaimedAt }));
        }
    }

    public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _watches.Remove(entry.ClaimId);
            return Task.FromResult(IsThere(entry, out _) && _entries.Remove(entry.IdempotencyKey));
        }
    }

    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<DateTimeOffset?>(time.GetUtcNow());

    public Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(!IsThere(entry, out _) || TryLease(entry.ClaimId, watcher, lease));
        }
    }

    public async IAsyncEnumerable<TaskJournalEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        List<TaskJournalEntry> entries;
        lock (_gate)
        {
            entries = [.. _order.Where(IsCurrent).Select(claimed => _entries[claimed.Key].Entry)];
        }

        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    private bool TryLease(string claimId, string watcher, TimeSpan lease)
    {
        var isFree = !_watches.TryGetValue(claimId, out var watch) || watch.Watcher == watcher
            || time.GetElapsedTime(watch.At) >= watch.Lease;
        if (isFree && lease > TimeSpan.Zero)
        {
            _watches[claimId] = (watcher, time.GetTimestamp(), lease);
        }
        else if (isFree)
        {
            _watches.Remove(claimId);
        }

        return isFree;
    }

    private TaskJournalEntry? Live(string key) =>
        _entries.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < Memory ? kept.Entry : null;

    /// <summary>
    /// Whether the key still has this claim. An entry that was removed and added again has the same claim at another time.
    /// </summary>
    private bool IsKept((string Key, string ClaimId, long At) claimed) =>
        _entries.TryGetValue(claimed.Key, out var kept) && kept.At == claimed.At && kept.Entry.ClaimId == claimed.ClaimId;

    private bool IsCurrent((string Key, string ClaimId, long At) claimed) =>
        IsKept(claimed) && time.GetElapsedTime(claimed.At) < Memory;

    private bool IsThere(TaskJournalEntry entry, out long at)
    {
        var isThere = _entries.TryGetValue(entry.IdempotencyKey, out var kept) && kept.Entry.ClaimId == entry.ClaimId;
        at = kept.At;
        return isThere;
    }

    private bool TryChange(TaskJournalEntry entry)
    {
        if (!IsThere(entry, out var at))
        {
            return false;
        }

        _entries[entry.IdempotencyKey] = (entry, at);
        return true;
    }

    /// <summary>Removes entries that have expired, so that the memory depends on the submissions of one day.</summary>
    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && !IsCurrent(oldest))
        {
            _order.Dequeue();
            if (IsKept(oldest))
            {
                _entries.Remove(oldest.Key);
                _watches.Remove(oldest.ClaimId);
            }
        }
    }
}
