namespace ImaNanoBanana.Requests.Credits;

/// <summary>The ledger of one budget in one process. Every method completes at once.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class MemoryCreditLedger(TimeProvider time) : ICreditLedger
{
    private readonly object _gate = new();
    private readonly Dictionary<string, decimal> _reservations = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(decimal Credits, string Id), long> _spent = new();

    /// <summary>The ids of the submissions that are already counted. No submission is counted twice.</summary>
    private readonly HashSet<string> _counted = new(StringComparer.Ordinal);
    private decimal _spentInAll;
    private decimal _reserved;

    public ValueTask<bool> TryReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var before = _reservations.GetValueOrDefault(entry.Id);
            if (entry.Credits - before > Usage(account).Remaining)
            {
                return ValueTask.FromResult(false);
            }

            _counted.Add(entry.Id);
            _reservations[entry.Id] = entry.Credits;
            _reserved += entry.Credits - before;
            return ValueTask.FromResult(true);
        }
    }

    public ValueTask CommitAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (TryEnd(entry, out var credits))
            {
                Spend(credits, entry.Id, time.GetTimestamp());
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReleaseAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (TryEnd(entry, out _))
            {
                _counted.Remove(entry.Id);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<CreditUsage> GetUsageAsync(CreditAccount account, CancellationToken cancellationToken) =>
        ValueTask.FromResult(GetUsage(account));

    public CreditUsage GetUsage(CreditAccount account)
    {
        lock (_gate)
        {
            return Usage(account);
        }
    }

    public ValueTask<TimeSpan?> GetFreeAfterAsync(CreditAccount account, decimal credits, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var usage = Usage(account);
            var spent = _spent.UnorderedItems.Select(item => (item.Element.Credits, time.GetElapsedTime(item.Priority)));
            return ValueTask.FromResult(FreeCredits.After(account, credits, usage.Spent + usage.Reserved, spent));
        }
    }

    /// <summary>Counts earlier submissions that are not counted yet.</summary>
    public void Count(IReadOnlyList<PastCharge> history)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            foreach (var past in history)
            {
                if (past.Credits > 0 && _counted.Add(past.ClaimId))
                {
                    Spend(past.Credits, past.ClaimId, now - (long)(past.Age.TotalSeconds * time.TimestampFrequency));
                }
            }
        }
    }

    private bool TryEnd(CreditLedgerEntry entry, out decimal credits)
    {
        var isReserved = _reservations.Remove(entry.Id, out credits);
        _reserved -= credits;
        return isReserved;
    }

    private void Spend(decimal credits, string id, long at)
    {
        // Also without a period: the budget of a tenant may get one later.
        _spentInAll += credits;
        if (credits != 0)
        {
            _spent.Enqueue((credits, id), at);
        }
    }

    private CreditUsage Usage(CreditAccount account)
    {
        while (account.Period is { } period && _spent.TryPeek(out var oldest, out var at) && time.GetElapsedTime(at) >= period)
        {
            _spent.Dequeue();
            _spentInAll -= oldest.Credits;
            _counted.Remove(oldest.Id);
        }

        return new CreditUsage(_spentInAll, _reserved, Math.Max(0, account.Limit - _spentInAll - _reserved));
    }
}
