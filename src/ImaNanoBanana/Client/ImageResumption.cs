using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Transport;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Client;

/// <summary>
/// Resumes the unfinished tasks of the journal that no one watches. It watches them in parallel and delivers each one when it ends.
/// Submits nothing.
/// </summary>
internal sealed class ImageResumption(SubmissionJournal journal, TaskWatcher watcher, DeliveredTasks delivered)
{
    public async IAsyncEnumerable<ImageOutcome> RunAsync(
        TimeSpan? completedWithin, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var outcomes = Channel.CreateUnbounded<(ImageOutcome Outcome, WatchLease Lease)>();
        var work = Task.CompletedTask;
        try
        {
            var left = await journal.ListAsync(token => LeftAsync(completedWithin, token), cancellationToken).ConfigureAwait(false);
            work = ContinueAsync(left, outcomes.Writer, leaving.Token);
            await foreach (var (outcome, lease) in outcomes.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await using var _ = lease.ConfigureAwait(false);
                if (lease.IsLost)
                {
                    // Another process has resumed the task in the meantime and delivers it.
                    continue;
                }

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
            TimedCancellation.Begin(leaving);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (outcomes.Reader.TryRead(out var unread))
            {
                await unread.Lease.DisposeAsync().ConfigureAwait(false);
            }
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
        var filter = new TaskJournalFilter { FinishedSince = since };
        await foreach (var entry in journal.Journal.ListAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (entry.IsPending || entry.IsUnknown || (entry.State == TaskJournalState.Completed && entry.EndedAt >= since))
            {
                left.Add(entry);
            }
        }

        return left;
    }

    private async Task ContinueAsync(
        IReadOnlyList<TaskJournalEntry> entries,
        ChannelWriter<(ImageOutcome Outcome, WatchLease Lease)> outcomes,
        CancellationToken cancellationToken)
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

    /// <returns>The outcome, with the right to deliver it; null if nothing was submitted or another process watches the task.</returns>
    private async Task<(ImageOutcome Outcome, WatchLease Lease)?> OutcomeAsync(
        TaskJournalEntry entry, CancellationToken cancellationToken)
    {
        var (task, unknown) = await SettledAsync(entry, cancellationToken).ConfigureAwait(false);
        if (task is null && unknown is null)
        {
            return null;
        }

        var lease = await journal.Rights.TryTakeAsync(entry, cancellationToken).ConfigureAwait(false);
        if (lease is null)
        {
            return null;
        }

        try
        {
            var outcome = unknown is null
                ? await WatchedAsync(entry, task!, cancellationToken).ConfigureAwait(false)
                : new ImageOutcome(entry.IdempotencyKey) { Error = unknown };
            return (outcome, lease);
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Waits until it is known whether the entry has a task: if another process is submitting the request at this moment, that is known a
    /// little later.
    /// </summary>
    /// <returns>The task, or the error of an unknown outcome; neither if nothing was submitted.</returns>
    private async Task<(ImageTask? Task, ImaException? Unknown)> SettledAsync(TaskJournalEntry entry, CancellationToken cancellationToken)
    {
        if (!entry.IsUnknown)
        {
            return (entry.Submitted, null);
        }

        try
        {
            var key = new SubmissionKey(entry.IdempotencyKey, IsGiven: true);
            return (await journal.FindAsync(key, entry.RequestHash, cancellationToken).ConfigureAwait(false), null);
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.NotSent)
        {
            // This call sends nothing, but the submission of the entry may have been charged.
            return (null, JournalErrors.NotRead(entry, exception));
        }
        catch (ImaException exception)
        {
            return (null, exception);
        }
    }

    private async Task<ImageOutcome> WatchedAsync(TaskJournalEntry entry, ImageTask task, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in watcher.WatchAsync(task, cancellationToken).ConfigureAwait(false))
            {
                if (item.Result is { } result)
                {
                    return new ImageOutcome(entry.IdempotencyKey) { Result = result };
                }
            }

            throw new InvalidOperationException("A watch ended without a result and without an error. Please report this.");
        }
        catch (ImaException exception)
        {
            return new ImageOutcome(entry.IdempotencyKey) { Error = exception };
        }
    }
}
