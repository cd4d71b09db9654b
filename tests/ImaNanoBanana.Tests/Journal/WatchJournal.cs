using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Tests.Journal;

/// <summary>One call of a <see cref="WatchJournal"/> that concerns the right to watch, or that records an outcome.</summary>
/// <param name="Name">"take" (also to renew the right), "give up" or "update".</param>
/// <param name="At">The time of the call.</param>
internal sealed record WatchCall(string Name, DateTimeOffset At);

/// <summary>A journal that records who takes and gives up the right to watch, and does before it what the test specifies.</summary>
internal sealed class WatchJournal(ITaskJournal inner, TimeProvider time) : FiveMemberJournal(inner), ITaskJournal
{
    private readonly List<WatchCall> _calls = [];

    public IReadOnlyList<WatchCall> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>Runs before the right is taken, renewed or given up.</summary>
    public Func<TaskJournalEntry, Task> Before { get; set; } = static _ => Task.CompletedTask;

    public override Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default)
    {
        Add("update");
        return Inner.UpdateAsync(entry, cancellationToken);
    }

    public async Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default)
    {
        Add(lease > TimeSpan.Zero ? "take" : "give up");
        await Before(entry);
        return await Inner.TryWatchAsync(entry, watcher, lease, cancellationToken);
    }

    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) => Inner.GetTimeAsync(cancellationToken);

    private void Add(string name)
    {
        lock (_calls)
        {
            _calls.Add(new WatchCall(name, time.GetUtcNow()));
        }
    }
}
