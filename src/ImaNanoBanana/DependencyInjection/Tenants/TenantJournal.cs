using System.Runtime.CompilerServices;
using ImaNanoBanana.Journal.Usage;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>The journal of one tenant as the app keeps it. Each call uses the journal that the tenant has at that moment.</summary>
internal sealed class TenantJournal(TenantPool pool, string tenantId) : ITaskJournal, IPartialJournal
{
    public bool RecordsEverySubmission
    {
        get
        {
            using var lease = pool.Acquire(tenantId);
            return lease.Tenant.Journal.RecordsEverySubmission;
        }
    }

    public Task<TaskJournalEntry?> FindAsync(string idempotencyKey, CancellationToken cancellationToken = default) =>
        RunAsync(journal => journal.FindAsync(idempotencyKey, cancellationToken));

    public Task<TaskJournalEntry?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        RunAsync(journal => journal.ClaimAsync(claim, cancellationToken));

    public Task<bool> UpdateAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        RunAsync(journal => journal.UpdateAsync(entry, cancellationToken));

    public Task<bool> RenewAsync(TaskJournalEntry claim, CancellationToken cancellationToken = default) =>
        RunAsync(journal => journal.RenewAsync(claim, cancellationToken));

    public Task<bool> RemoveAsync(TaskJournalEntry entry, CancellationToken cancellationToken = default) =>
        RunAsync(journal => journal.RemoveAsync(entry, cancellationToken));

    public Task<bool> TryWatchAsync(
        TaskJournalEntry entry, string watcher, TimeSpan lease, CancellationToken cancellationToken = default) =>
        RunAsync(journal => journal.TryWatchAsync(entry, watcher, lease, cancellationToken));

    public Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken = default) =>
        RunAsync(journal => journal.GetTimeAsync(cancellationToken));

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(CancellationToken cancellationToken = default) =>
        StreamAsync((journal, token) => journal.ListAsync(token), cancellationToken);

    public IAsyncEnumerable<TaskJournalEntry> ListAsync(TaskJournalFilter filter, CancellationToken cancellationToken = default) =>
        StreamAsync((journal, token) => journal.ListAsync(filter, token), cancellationToken);

    private async Task<T> RunAsync<T>(Func<ITaskJournal, Task<T>> call)
    {
        using var lease = pool.Acquire(tenantId);
        return await call(lease.Tenant.Journal).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<TaskJournalEntry> StreamAsync(
        Func<ITaskJournal, CancellationToken, IAsyncEnumerable<TaskJournalEntry>> list,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var lease = pool.Acquire(tenantId);
        await foreach (var entry in list(lease.Tenant.Journal, cancellationToken).ConfigureAwait(false))
        {
            yield return entry;
        }
    }
}
