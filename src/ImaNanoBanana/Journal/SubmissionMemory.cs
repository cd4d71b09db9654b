namespace ImaNanoBanana.Journal;

/// <summary>
/// What this process knows of its own purchases, and of tasks of others that it has handed over, whatever becomes of the
/// journal: it counts before any claim. An order that is under way is never forgotten, another one not for 24 hours.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class SubmissionMemory(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, TaskJournalEntry> _own = new(StringComparer.Ordinal);
    private readonly Queue<(TaskJournalEntry Entry, long At)> _order = new();

    /// <summary>The claims that nobody orders by any more, and the journal could not be told so yet.</summary>
    private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);

    /// <returns>Null when the claim is noted; else what this process knows of the key.</returns>
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

    /// <summary>More is known of a claim of this process.</summary>
    /// <returns>False when it is none.</returns>
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
    /// A task that another process has bought is handed over by this one: from then on its key is this task here as well. What
    /// is merely unknown is not noted: whoever forgets that elsewhere wants it to be free.
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

    /// <summary>A claim of this process is no purchase, or its owner wants it forgotten.</summary>
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

    /// <summary>Whether this process is placing the order this moment: then it will know soon, and no clock matters.</summary>
    public bool IsSubmitting(TaskJournalEntry entry)
    {
        lock (_gate)
        {
            return _own.TryGetValue(entry.IdempotencyKey, out var own) && own.ClaimId == entry.ClaimId
                && own.State == TaskJournalState.Claimed;
        }
    }

    /// <param name="idempotencyKey">The key.</param>
    /// <param name="stored">What the journal says of it.</param>
    /// <returns>What is known of it in all.</returns>
    public TaskJournalEntry? Known(string idempotencyKey, TaskJournalEntry? stored)
    {
        lock (_gate)
        {
            Forget();
            if (!_own.TryGetValue(idempotencyKey, out var own))
            {
                return stored;
            }

            // The journal lost it, or could not be told: this process knows better. Else what others have told it counts.
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
