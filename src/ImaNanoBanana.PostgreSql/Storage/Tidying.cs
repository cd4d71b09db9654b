using System.Data.Common;

namespace ImaNanoBanana.Storage;

/// <summary>Removes finished submissions that are older than the retention time, in the background and at most once an hour.</summary>
internal sealed class Tidying(PostgreSqlStore store)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private long _next = store.Time.GetTimestamp();

    /// <summary>The last removal. Only tests wait for it.</summary>
    public Task Last { get; private set; } = Task.CompletedTask;

    public void StartIfDue(SubmissionTable table)
    {
        var due = Volatile.Read(ref _next);
        var now = store.Time.GetTimestamp();
        var next = now + (long)(Interval.TotalSeconds * store.Time.TimestampFrequency);
        if (now >= due && Interlocked.CompareExchange(ref _next, next, due) == due)
        {
            Last = Task.Run(() => RunAsync(table));
        }
    }

    private async Task RunAsync(SubmissionTable table)
    {
        try
        {
            while (await store.ChangeAsync(
                table.RemoveOld, [table.Registration, store.Options.Retention], CancellationToken.None).ConfigureAwait(false))
            {
                // The next part.
            }
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException)
        {
            // What cannot be removed now is left for the next run.
        }
    }
}
