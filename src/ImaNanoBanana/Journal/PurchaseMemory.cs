namespace ImaNanoBanana.Journal;

/// <summary>
/// What this process knows of its own purchases, and of tasks of others that it has handed over, whatever becomes of the
/// journal: it counts before any claim. An order that is under way is never forgotten, another one not for 24 hours.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class PurchaseMemory(TimeProvider time)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, JournalEntry> _own = new(StringComparer.Ordinal);
    private readonly Queue<(JournalEntry Entry, long At)> _order = new();

    /// <summary>The claims that nobody orders by any more, and the journal could not be told so yet.</summary>
    private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);

    /// <returns>Null when the claim is noted; else what this process knows of the key.</returns>
    public JournalEntry? TryClaim(JournalEntry claim)
    {
        lock (_gate)
        {
            Forget();
            if (_own.TryGetValue(claim.OperationKey, out var own))
            {
                return own;
            }

            _own[claim.OperationKey] = claim;
            return null;
        }
    }

    /// <summary>More is known of a claim of this process.</summary>
    /// <returns>False when it is none.</returns>
    public bool Know(JournalEntry entry)
    {
        lock (_gate)
        {
            if (!_own.TryGetValue(entry.OperationKey, out var own) || own.ClaimId != entry.ClaimId)
            {
                return false;
            }

            _own[entry.OperationKey] = entry;
            if (own.State == JournalState.Claimed && entry.State != JournalState.Claimed)
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
    public void Learn(JournalEntry entry)
    {
        lock (_gate)
        {
            Forget();
            if (_own.TryAdd(entry.OperationKey, entry))
            {
                _order.Enqueue((entry, time.GetTimestamp()));
            }
        }
    }

    /// <summary>A claim of this process is no purchase, or its owner wants it forgotten.</summary>
    public void Forget(JournalEntry entry)
    {
        lock (_gate)
        {
            if (_own.TryGetValue(entry.OperationKey, out var own) && own.ClaimId == entry.ClaimId)
            {
                _own.Remove(entry.OperationKey);
            }
        }
    }

    public void Withdraw(JournalEntry claim)
    {
        lock (_gate)
        {
            _withdrawn.Add(claim.ClaimId);
        }

        Forget(claim);
    }

    public void Withdrawn(JournalEntry claim)
    {
        lock (_gate)
        {
            _withdrawn.Remove(claim.ClaimId);
        }
    }

    public bool IsWithdrawn(JournalEntry entry)
    {
        lock (_gate)
        {
            return _withdrawn.Contains(entry.ClaimId);
        }
    }

    /// <summary>Whether this process is placing the order this moment: then it will know soon, and no clock matters.</summary>
    public bool IsPlacing(JournalEntry entry)
    {
        lock (_gate)
        {
            return _own.TryGetValue(entry.OperationKey, out var own) && own.ClaimId == entry.ClaimId && own.State == JournalState.Claimed;
        }
    }

    /// <param name="operationKey">The key.</param>
    /// <param name="told">What the journal says of it.</param>
    /// <returns>What is known of it in all.</returns>
    public JournalEntry? Known(string operationKey, JournalEntry? told)
    {
        lock (_gate)
        {
            Forget();
            if (!_own.TryGetValue(operationKey, out var own))
            {
                return told;
            }

            // The journal lost it, or could not be told: this process knows better. Else what others have told it counts.
            return told is null || (!own.IsUnknown && told.ClaimId != own.ClaimId) || (!own.IsUnknown && told.IsUnknown) ? own : told;
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
