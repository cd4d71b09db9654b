using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Client;

/// <summary>
/// Resumes the unfinished tasks of the journal. It watches all tasks in parallel and delivers each one when it ends. Submits nothing.
/// </summary>
internal sealed class ImageResumption(SubmissionJournal journal, TaskWatcher watcher, DeliveredTasks delivered)
{
    public async IAsyncEnumerable<ImageOutcome> RunAsync(
        TimeSpan? completedWithin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outcomes = Channel.CreateUnbounded<ImageOutcome>();
        var work = Task.CompletedTask;
        try
        {
            var left = await journal.ListAsync(token => LeftAsync(completedWithin, token), cancellationToken).ConfigureAwait(false);
            work = ContinueAsync(left, outcomes.Writer, leaving.Token);
            await foreach (var outcome in outcomes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return outcome;

                // Record the end only now. If the app crashes while it processes the images, it finds the task again.
                if (outcome.Result is { } result)
                {
                    await delivered.RecordCompletedAsync(result.Task).ConfigureAwait(false);
                }
                else if (outcome.Error is { Task: { } task } error)
                {
                    await delivered.RecordFailureAsync(task, error).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await leaving.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<TaskJournalEntry>> LeftAsync(TimeSpan? completedWithin, CancellationToken cancellationToken)
    {
        DateTimeOffset? since = null;
        if (completedWithin is { } within)
        {
            var now = await journal.NowAsync(cancellationToken).ConfigureAwait(false);
            since = within < now - DateTimeOffset.MinValue ? now - within : DateTimeOffset.MinValue;
        }

        var left = new List<TaskJournalEntry>();
        await foreach (var entry in journal.Journal.ListOpenAsync(since, cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsPending || entry.IsUnknown || (entry.State == TaskJournalState.Completed && entry.EndedAt >= since))
            {
                left.Add(entry);
            }
        }

        return left;
    }

    private async Task ContinueAsync(
        IReadOnlyList<TaskJournalEntry> entries, ChannelWriter<ImageOutcome> outcomes, CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(entries.Select(async entry =>
        {
            if (await OutcomeAsync(entry, cancellationToken).ConfigureAwait(false) is { } outcome)
            {
                outcomes.TryWrite(outcome);
            }
        }));
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        outcomes.Complete(all.Exception?.InnerException);
    }

    /// <returns>The outcome; null if it turns out that nothing was submitted.</returns>
    private async Task<ImageOutcome?> OutcomeAsync(TaskJournalEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            // If another process is submitting the request at this moment, the outcome is known a little later.
            var task = entry.IsUnknown
                ? await journal.FindAsync(
                    new SubmissionKey(entry.IdempotencyKey, IsGiven: true), entry.RequestHash, cancellationToken).ConfigureAwait(false)
                : entry.Submitted;
            if (task is null)
            {
                return null;
            }

            await foreach (var item in watcher.WatchAsync(task, cancellationToken).ConfigureAwait(false))
            {
                if (item.Result is { } result)
                {
                    return new ImageOutcome(entry.IdempotencyKey) { Result = result };
                }
            }

            throw new InvalidOperationException("A watch ended without a result and without an error. Please report this.");
        }
        catch (ImaException exception) when (entry.IsUnknown && exception.Kind == ImaErrorKind.NotSent)
        {
            // This call sends nothing, but the submission of the entry may have been charged.
            return new ImageOutcome(entry.IdempotencyKey) { Error = JournalErrors.NotRead(entry, exception) };
        }
        catch (ImaException exception)
        {
            return new ImageOutcome(entry.IdempotencyKey) { Error = exception };
        }
    }
}
