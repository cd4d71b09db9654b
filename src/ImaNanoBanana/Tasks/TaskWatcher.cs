using System.Runtime.CompilerServices;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Journal;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tasks;

/// <summary>Watches a task until it is over or the watch's time is (careful client, section 3). Spends nothing.</summary>
internal sealed class TaskWatcher(
    Func<IImaOpenApi> api, ApiReader reader, PurchaseJournal journal, ImaNanoBananaOptions options, TimeProvider time, RequestLimiter limiter, ILogger logger)
{
    private const int HighestEstimate = 95;

    /// <summary>One poll. A poll that fails is an error here, because nothing repeats it.</summary>
    public async Task<ImageProgress> GetAsync(ImageTask task, CancellationToken cancellationToken)
    {
        var clock = new WatchClock(task, time);
        var outcome = await PollAsync(task, clock, cancellationToken).ConfigureAwait(false);
        var state = outcome.State ?? throw WatchErrors.Refused(task, outcome, []);
        await FailWithoutImageAsync(task, state).ConfigureAwait(false);
        var item = Item(task, clock, state);
        if (item.Result is not null)
        {
            await journal.EndedAsync(task, JournalState.Completed).ConfigureAwait(false);
        }

        return item;
    }

    /// <returns>
    /// An item for each poll. The journal counts the task as finished once the reader has come back from the last one: what
    /// crashes while it takes the images away finds the task again.
    /// </returns>
    public IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken) =>
        Operation.IsObserved ? ObservedAsync(task, cancellationToken) : ItemsAsync(task, cancellationToken);

    private IAsyncEnumerable<ImageProgress> ObservedAsync(ImageTask task, CancellationToken cancellationToken) => ObservedStream.FollowAsync(
        () => Operation.Start(Operation.Watch, ImaHosts.Api, task.Model, time, task.TraceParent), CountedAsync(task, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<ImageProgress> CountedAsync(ImageTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Counters.Watched(1);
        try
        {
            await foreach (var item in ItemsAsync(task, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            Counters.Watched(-1);
        }
    }

    private async IAsyncEnumerable<ImageProgress> ItemsAsync(ImageTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clock = new WatchClock(task, time);
        var last = TaskState.Nothing;
        while (true)
        {
            var outcome = await PollAsync(task, clock, cancellationToken).ConfigureAwait(false);
            if (outcome.State is { } state)
            {
                last = state;
                await FailWithoutImageAsync(task, state).ConfigureAwait(false);
                var item = Item(task, clock, state);
                yield return item;
                if (item.Result is not null)
                {
                    await journal.EndedAsync(task, JournalState.Completed).ConfigureAwait(false);
                    yield break;
                }
            }
            else if (outcome.Code is not null)
            {
                throw WatchErrors.Refused(task, outcome, last.Images);
            }
            else
            {
                ImaLog.PollFailed(logger, task.Id, outcome.Reason!);
            }

            var left = options.WatchTimeout - clock.Watched;
            if (left <= TimeSpan.Zero)
            {
                throw WatchErrors.TimedOut(task, clock.Watched, last.Images);
            }

            var delay = PollSchedule.After(clock.Age, clock.Watched, task.ExpectedAtLeast, task.ExpectedAtMost, Jitter.Next());
            await WaitAsync(task, left < delay ? left : delay, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FailWithoutImageAsync(ImageTask task, TaskState state)
    {
        if (state.IsOver && state.Images.Count == 0)
        {
            await journal.EndedAsync(task, JournalState.Failed).ConfigureAwait(false);
            throw WatchErrors.Failed(task, state);
        }
    }

    private static ImageProgress Item(ImageTask task, WatchClock clock, TaskState state)
    {
        if (!state.IsOver)
        {
            return new ImageProgress(ImageStage.Generating)
            {
                Task = task,
                Credits = task.Credits,
                Adjustments = task.Adjustments,
                Elapsed = clock.Elapsed,
                Percent = Estimate(task, clock.Elapsed),
                ReadyImages = state.Images,
            };
        }

        return new ImageProgress(ImageStage.Completed)
        {
            Task = task,
            Credits = task.Credits,
            Adjustments = task.Adjustments,
            Elapsed = clock.Elapsed,
            Percent = 100,
            ReadyImages = state.Images,
            Result = new ImageResult(task, state.Images) { Failures = state.Failures, Elapsed = clock.Elapsed },
        };
    }

    /// <summary>The formula of the wire contract's vocabulary.</summary>
    internal static int? Estimate(ImageTask task, TimeSpan elapsed) =>
        task.ExpectedAtMost is { } most && most > TimeSpan.Zero
            ? (int)Math.Min(HighestEstimate, Math.Floor(elapsed / most * 100))
            : null;

    private async Task<PollOutcome> PollAsync(ImageTask task, WatchClock clock, CancellationToken cancellationToken)
    {
        try
        {
            var inLine = time.GetTimestamp();
            await limiter.WaitAsync(cancellationToken).ConfigureAwait(false);
            clock.InLine += time.GetElapsedTime(inLine);
            var answer = await reader.PollAsync(
                (call, token) => api().GetTaskDetailAsync(new TaskDetailRequest { TaskId = task.Id }, call, token), cancellationToken).ConfigureAwait(false);
            var outcome = PollOutcome.Of(answer, clock.Age, task.AspectRatio);
            Counters.Polled(failed: outcome.State is null);
            return outcome;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: a failed poll never fails a task.
            Counters.Polled(failed: true);
            return PollOutcome.Transient(exception.Message);
        }
        catch (OperationCanceledException exception)
        {
            throw WatchErrors.Cancelled(task, exception, cancellationToken);
        }
    }

    private async Task WaitAsync(ImageTask task, TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw WatchErrors.Cancelled(task, exception, cancellationToken);
        }
    }
}
