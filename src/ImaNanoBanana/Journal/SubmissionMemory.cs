namespace ImaNanoBanana.Journal;

/// <summary>
/// Remembers what this process knows about its own submissions, and about tasks of other processes that it has delivered, whatever
/// happens to the journal. It is checked before any claim. A submission in progress is never removed; other entries are kept for 24
/// hours.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SubmissionMemory(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, TaskJournalEntry> _own = new(StringComparer.Ordinal);
    private readonly Queue<(TaskJournalEntry Entry, long At)> _order = new();

    /// <summary>The claims that no submission uses any more, but that could not be withdrawn from the journal yet.</summary>
    private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);

    /// <summary>How many watchers in this process watch the task of a key.</summary>
    private readonly Dictionary<string, int> _watchers = new(StringComparer.Ordinal);

    /// <summary>Identifies this process in the journal when it watches tasks of other processes.</summary>
    public string Watcher { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Whether no submission of this process is in progress, no claim is being withdrawn, and nothing is watched.</summary>
    public bool IsSettled
    {
        get
        {
            lock (_gate)
            {
                return _watchers.Count == 0 && _withdrawn.Count == 0
                    && _own.Values.All(entry => entry.State != TaskJournalState.Claimed);
            }
        }
    }

    /// <returns>Null if the claim was recorded; otherwise what this process knows about the key.</returns>
    public TaskJournalEntry? TryClaim(TaskJournalEntry claim)
    {
        lock (_gate)
        {
            Forget();
            if (_own.TryGetValue(claim.IdempotencyKey, out var own))
            {
                return own;
            }

            _own[claim.IdempotencyKey] = claim;
            return null;
        }
    }

    /// <summary>Updates what is known about a claim of this process.</summary>
    /// <returns>False if the claim does not belong to this process.</returns>
    public bool Know(TaskJournalEntry entry)
    {
        lock (_gate)
        {
            if (!_own.TryGetValue(entry.IdempotencyKey, out var own) || own.ClaimId != entry.ClaimId)
            {
                return false;
            }

            _own[entry.IdempotencyKey] = entry;
            if (own.State == TaskJournalState.Claimed && entry.State != TaskJournalState.Claimed)
            {
                _order.Enqueue((entry, time.GetTimestamp()));
            }

            return true;
        }
    }

    /// <summary>
    /// Records a task of another process that this process has delivered: from then on, the key refers to this task here as well. An
    /// entry whose outcome is merely unknown is not recorded, because removing it elsewhere must free the key.
    /// </summary>
    public void Learn(TaskJournalEntry entry)
    {
        lock (_gate)
        {
            Forget();
            if (_own.TryAdd(entry.IdempotencyKey, entry))
            {
                _order.Enqueue((entry, time.GetTimestamp()));
            }
        }
    }

    /// <summary>Removes a claim of this process that was not charged, or that its owner wants to remove.</summary>
    public void Forget(TaskJournalEntry entry)
    {
        lock (_gate)
        {
            if (_own.TryGetValue(entry.IdempotencyKey, out var own) && own.ClaimId == entry.ClaimId)
            {
                _own.Remove(entry.IdempotencyKey);
            }
        }
    }

    public void Withdraw(TaskJournalEntry claim)
    {
        lock (_gate)
        {
            _withdrawn.Add(claim.ClaimId);
        }

        Forget(claim);
    }

    public void Withdrawn(TaskJournalEntry claim)
    {
        lock (_gate)
        {
            _withdrawn.Remove(claim.ClaimId);
        }
    }

    public bool IsWithdrawn(TaskJournalEntry entry)
    {
        lock (_gate)
        {
            return _withdrawn.Contains(entry.ClaimId);
        }
    }

    /// <summary>Whether this process is submitting at this moment. If so, it will know the outcome soon, and no clock matters.</summary>
    public bool IsSubmitting(TaskJournalEntry entry)
    {
        lock (_gate)
        {
            return _own.TryGetValue(entry.IdempotencyKey, out var own) && own.ClaimId == entry.ClaimId
                && own.State == TaskJournalState.Claimed;
        }
    }

    public void AddWatcher(string idempotencyKey)
    {
        lock (_gate)
        {
            _watchers[idempotencyKey] = _watchers.GetValueOrDefault(idempotencyKey) + 1;
        }
    }

    /// <returns>Whether other watchers are left.</returns>
    public bool RemoveWatcher(string idempotencyKey)
    {
        lock (_gate)
        {
            var left = --_watchers[idempotencyKey];
            return left > 0 || !_watchers.Remove(idempotencyKey);
        }
    }

    /// <param name="idempotencyKey">The key.</param>
    /// <param name="stored">What the journal reports about the key.</param>
    /// <returns>What is known about the key in total.</returns>
    public TaskJournalEntry? Known(string idempotencyKey, TaskJournalEntry? stored)
    {
        lock (_gate)
        {
            Forget();
            if (!_own.TryGetValue(idempotencyKey, out var own))
            {
                return stored;
            }

            // The journal lost the entry or could not record it: this process knows better. Otherwise, what others have recorded counts.
            return stored is null || (!own.IsUnknown && stored.ClaimId != own.ClaimId) || (!own.IsUnknown && stored.IsUnknown)
                ? own
                : stored;
        }
    }

    private void Forget()
    {
        while (_order.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= MemoryTaskJournal.Memory)
        {
            _order.Dequeue();
            Forget(oldest.Entry);
        }
    }
}
