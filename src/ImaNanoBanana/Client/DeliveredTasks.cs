using System.Runtime.CompilerServices;
using ImaNanoBanana.Journal;

namespace ImaNanoBanana.Client;

/// <summary>
/// The one place where the journal learns that the end of a task has reached its caller. For a stream that is when the reader
/// comes back from the last item: what crashes while it takes the images away finds the task again.
/// </summary>
internal sealed class DeliveredTasks(SubmissionJournal journal)
{
    /// <summary>Passes a watch on, and records its end once it is delivered.</summary>
    public async IAsyncEnumerable<ImageProgress> RecordAsync(
        ImageTask task, IAsyncEnumerable<ImageProgress> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
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

    /// <summary>Passes the status of a task on, and records its end.</summary>
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

    public Task RecordCompletedAsync(ImageTask task) => journal.EndedAsync(task, TaskJournalState.Completed);

    /// <summary>Records the end of a task that has failed. Other errors leave it open.</summary>
    public Task RecordFailureAsync(ImageTask task, ImaException exception) =>
        exception.Kind == ImaErrorKind.TaskFailed ? journal.EndedAsync(task, TaskJournalState.Failed) : Task.CompletedTask;
}
