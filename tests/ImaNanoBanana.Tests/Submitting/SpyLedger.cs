using ImaNanoBanana.Requests.Credits;

namespace ImaNanoBanana.Tests.Submitting;

/// <summary>One call of a <see cref="SpyLedger"/>.</summary>
/// <param name="Method">"reserve", "commit", "release", "usage" or "free".</param>
/// <param name="Account">The account.</param>
/// <param name="Entry">The submission; null for the usage and for the free credits.</param>
internal sealed record LedgerCall(string Method, CreditAccount Account, CreditLedgerEntry? Entry);

/// <summary>A ledger that records its calls and, before and after each one, does what the test specifies.</summary>
internal sealed class SpyLedger(TimeProvider time) : ICreditLedger
{
    private readonly MemoryCreditLedger _inner = new(time);
    private readonly List<LedgerCall> _calls = [];
    private readonly List<LedgerCall> _ended = [];

    public IReadOnlyList<LedgerCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The calls that have returned or thrown.</summary>
    public IReadOnlyList<LedgerCall> Ended
    {
        get
        {
            lock (_calls)
            {
                return [.. _ended];
            }
        }
    }

    public IReadOnlyList<string> Methods => [.. Calls.Select(call => call.Method)];

    public Func<LedgerCall, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public Func<LedgerCall, Task> After { get; set; } = static _ => Task.CompletedTask;

    public CreditUsage Usage(CreditAccount account) => _inner.GetUsage(account);

    public ValueTask<bool> TryReserveAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default) =>
        CallAsync(new LedgerCall("reserve", account, entry), () => _inner.TryReserveAsync(account, entry, CancellationToken.None));

    public async ValueTask CommitAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default) =>
        await CallAsync(new LedgerCall("commit", account, entry), () => Done(_inner.CommitAsync(account, entry, CancellationToken.None)));

    public async ValueTask ReleaseAsync(CreditAccount account, CreditLedgerEntry entry, CancellationToken cancellationToken = default) =>
        await CallAsync(
            new LedgerCall("release", account, entry), () => Done(_inner.ReleaseAsync(account, entry, CancellationToken.None)));

    public ValueTask<CreditUsage> GetUsageAsync(CreditAccount account, CancellationToken cancellationToken = default) =>
        CallAsync(new LedgerCall("usage", account, null), () => _inner.GetUsageAsync(account, CancellationToken.None));

    public ValueTask<TimeSpan?> GetFreeAfterAsync(CreditAccount account, decimal credits, CancellationToken cancellationToken = default) =>
        CallAsync(new LedgerCall("free", account, null), () => _inner.GetFreeAfterAsync(account, credits, CancellationToken.None));

    private static async ValueTask<bool> Done(ValueTask call)
    {
        await call;
        return true;
    }

    private async ValueTask<T> CallAsync<T>(LedgerCall call, Func<ValueTask<T>> inner)
    {
        lock (_calls)
        {
            _calls.Add(call);
        }

        try
        {
            await Before(call);
            var answer = await inner();
            await After(call);
            return answer;
        }
        finally
        {
            lock (_calls)
            {
                _ended.Add(call);
            }
        }
    }
}
