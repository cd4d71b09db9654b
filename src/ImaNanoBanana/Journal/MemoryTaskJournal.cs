using System.Runtime.CompilerServices;

namespace ImaNanoBanana.Journal;

/// <summary>
/// The journal of a client that was given none: for 24 hours and for this process only. At its limit the purchases that
/// are done with make room, the oldest first; one whose outcome is unknown never does.
/// </summary>
internal sealed class MemoryTaskJournal(TimeProvider time, int most = MemoryTaskJournal.MostEntries) : ITaskJournal
{
    public const int MostEntries = 10_000;

    public static readonly TimeSpan Memory = TimeSpan.FromHours(24);

    private readonly object _gate = new();
    private readonly Dictionary<string, (JournalEntry Entry, long At)> _entries = new(StringComparer.Ordinal);

    /// <summary>The keys in the order they were claimed, those that are gone included; the first is the oldest.</summary>
    private readonly LinkedList<(string Key, string ClaimId)> _order = new();

    public Task<JournalEntry?> FindAsync(string operationKey, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(Live(operationKey));
        }
    }

    public Task<JournalEntry?> ClaimAsync(JournalEntry claim, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (Live(claim.OperationKey) is { } there)
            {
                return Task.FromResult<JournalEntry?>(there);
            }

            MakeRoom();
            _entries[claim.OperationKey] = (claim, time.GetTimestamp());
            _order.AddLast((claim.OperationKey, claim.ClaimId));
            return Task.FromResult<JournalEntry?>(null);
        }
    }

    public Task<bool> UpdateAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!IsThere(entry, out var at))
            {
                return Task.FromResult(false);
            }

            _entries[entry.OperationKey] = (entry, at);
            return Task.FromResult(true);
        }
    }

    public Task<bool> RemoveAsync(JournalEntry entry, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(IsThere(entry, out _) && _entries.Remove(entry.OperationKey));
        }
    }

    public async IAsyncEnumerable<JournalEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        List<JournalEntry> entries;
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

    private JournalEntry? Live(string key) =>
        _entries.TryGetValue(key, out var kept) && time.GetElapsedTime(kept.At) < Memory ? kept.Entry : null;

    private bool IsThere(JournalEntry entry, out long at)
    {
        var isThere = _entries.TryGetValue(entry.OperationKey, out var kept) && kept.Entry.ClaimId == entry.ClaimId;
        at = kept.At;
        return isThere;
    }

    private void MakeRoom()
    {
        while (_order.First is { Value: var oldest } && !IsCurrent(oldest))
        {
            Drop(_order.First);
        }

        if (_entries.Count >= most)
        {
            Drop(First(JournalState.Completed, JournalState.Failed) ?? First(JournalState.Accepted, JournalState.Accepted)
                ?? throw new InvalidOperationException(
                    $"The journal in memory holds {most} purchases whose outcome is unknown, and forgets none of them within {Memory.TotalHours:0} hours."));
        }
    }

    private bool IsCurrent((string Key, string ClaimId) claimed) => Live(claimed.Key) is { } entry && entry.ClaimId == claimed.ClaimId;

    private LinkedListNode<(string Key, string ClaimId)>? First(JournalState one, JournalState other)
    {
        for (var node = _order.First; node is not null; node = node.Next)
        {
            if (IsCurrent(node.Value) && _entries[node.Value.Key].Entry.State is var state && (state == one || state == other))
            {
                return node;
            }
        }

        return null;
    }

    private void Drop(LinkedListNode<(string Key, string ClaimId)> node)
    {
        if (_entries.TryGetValue(node.Value.Key, out var kept) && kept.Entry.ClaimId == node.Value.ClaimId)
        {
            _entries.Remove(node.Value.Key);
        }

        _order.Remove(node);
    }
}
