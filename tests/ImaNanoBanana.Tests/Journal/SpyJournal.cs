using System.Runtime.CompilerServices;
using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>A journal that records its calls and, before each one, does what the test specifies.</summary>
internal sealed class SpyJournal(ITaskJournal? inner = null) : ITaskJournal
{
    private readonly ITaskJournal _inner = inner ?? new MemoryTaskJournal(new TestTimeProvider());

    /// <summary>The calls so far, each with the state it writes.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Runs before each call, with its name.</summary>
    public Func<string, Task> Before { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Runs after each call, with its name.</summary>
    public Action<string> After { get; set; } = static _ => { };

    public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
        CallAsync("find", "find", () => _inner.FindAsync(idempotencyKey, cancellationToken));

    public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        CallAsync("claim", "claim", () => _inner.ClaimAsync(claim, cancellationToken));

    public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        CallAsync("update", $"update {entry.State} {entry.Task?.Id}".TrimEnd(), () => _inner.UpdateAsync(entry, cancellationToken));

    public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        CallAsync("remove", "remove", () => _inner.RemoveAsync(entry, cancellationToken));

    public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        CallAsync("renew", "renew", () => _inner.RenewAsync(claim, cancellationToken));

    public async Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default)
    {
        await Before("time");
        return await _inner.GetTimeAsync(cancellationToken);
    }

    public async IAsyncEnumerable<TaskJournalEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Before("list");
        await foreach (var entry in _inner.ListAsync(cancellationToken))
        {
            yield return entry;
        }
    }

    private async Task<T> CallAsync<T>(string name, string text, Func<Task<T>> call)
    {
        lock (Calls)
        {
            Calls.Add(text);
        }

        await Before(name);
        var answer = await call();
        After(name);
        return answer;
    }
}
