using System.Runtime.CompilerServices;
using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Client;

/// <summary>
/// Records in the journal that the end of a task was delivered to the caller. No other class does this. For a stream, the task is
/// recorded when the reader continues after the last item. If the app crashes while it processes the images, it finds the task again.
/// </summary>
internal sealed class DeliveredTasks(SubmissionJournal journal)
{
    /// <summary>Forwards the items of a watch, and records the end of the task after it was delivered.</summary>
    public async IAsyncEnumerable<ImageProgress> RecordAsync(
        ImageTask task, IAsyncEnumerable<ImageProgress> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var lease = Hold(task);
        try
        {
            await foreach (var item in RecordHeldAsync(task, items, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            // Only now, when the end is recorded, may another process resume the task.
            if (lease is not null)
            {
                await lease.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Forwards the result of one status request, and records the end of the task.</summary>
    public async Task<ImageProgress> RecordAsync(ImageTask task, Task<ImageProgress> status)
    {
        var item = await status.ConfigureAwait(false);
        if (item.Result is not null)
        {
            await RecordCompletedAsync(task).ConfigureAwait(false);
        }
        else if (item.Error is not null)
        {
            await RecordFailureAsync(task, item.Error).ConfigureAwait(false);
        }

        return item;
    }

    /// <summary>Tells other processes that this one watches a task, until the result is disposed.</summary>
    /// <returns>Null if the journal does not record the task.</returns>
    public WatchLease? Hold(ImageTask task) => journal.Rights.Take(task);

    /// <summary>Like <see cref="RecordAsync(ImageTask, IAsyncEnumerable{ImageProgress}, CancellationToken)"/>, for a task that the
    /// caller holds.</summary>
    public async IAsyncEnumerable<ImageProgress> RecordHeldAsync(
        ImageTask task, IAsyncEnumerable<ImageProgress> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = items.GetAsyncEnumerator(cancellationToken);
        await using var _ = reader.ConfigureAwait(false);
        while (true)
        {
            bool hasItem;
            try
            {
                hasItem = await reader.MoveNextAsync().ConfigureAwait(false);
            }
            catch (ImaException exception)
            {
                await RecordFailureAsync(task, exception).ConfigureAwait(false);
                throw;
            }

            if (!hasItem)
            {
                yield break;
            }

            var item = reader.Current;
            yield return item;
            if (item.Result is not null)
            {
                await RecordCompletedAsync(task).ConfigureAwait(false);
            }
        }
    }

    public Task RecordCompletedAsync(ImageTask task) => journal.EndedAsync(task, TaskJournalState.Completed);

    /// <summary>Records the end of a failed task. After other errors, the journal entry stays open.</summary>
    public Task RecordFailureAsync(ImageTask task, ImaException exception) =>
        exception.Kind == ImaErrorKind.TaskFailed ? journal.EndedAsync(task, TaskJournalState.Failed) : Task.CompletedTask;
}
