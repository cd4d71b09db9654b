namespace ImaNanoBanana.Benchmarks.Week;

/// <summary>The plainest count of images within any 24 hours, to compare the ledger with.</summary>
internal sealed class SlidingBudget(int limit)
{
    private readonly Queue<DateTimeOffset> _taken = new();

    public int Count => _taken.Count;

    public bool TryTake(DateTimeOffset now)
    {
        while (_taken.TryPeek(out var oldest) && now - oldest >= TimeSpan.FromDays(1))
        {
            _taken.Dequeue();
        }

        if (_taken.Count >= limit)
        {
            return false;
        }

        _taken.Enqueue(now);
        return true;
    }
}
