using System.Runtime.CompilerServices;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tasks;

/// <summary>Watches a task until it is over or the watch's time is (careful client, section 3). Spends nothing.</summary>
internal sealed class TaskWatcher(
    IImaOpenApi api, ImaNanoBananaOptions options, TimeProvider time, RequestLimiter limiter, ILogger logger)
{
    private const int HighestEstimate = 95;

    /// <summary>One poll. A poll that fails is an error here, because nothing repeats it.</summary>
    public async Task<ImageProgress> GetAsync(ImageTask task, CancellationToken cancellationToken)
    {
        var clock = new WatchClock(task, time);
        var outcome = await PollAsync(task, clock, cancellationToken).ConfigureAwait(false);
        return outcome.State is { } state
            ? Item(task, clock, state)
            : throw WatchErrors.Refused(task, outcome, []);
    }

    public async IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clock = new WatchClock(task, time);
        var last = TaskState.Nothing;
        while (true)
        {
            var outcome = await PollAsync(task, clock, cancellationToken).ConfigureAwait(false);
            if (outcome.State is { } state)
            {
                last = state;
                var item = Item(task, clock, state);
                yield return item;
                if (item.Result is not null)
                {
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

        if (state.Images.Count == 0)
        {
            throw WatchErrors.Failed(task, state);
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
            var answer = await api.GetTaskDetailAsync(task.Id, cancellationToken).ConfigureAwait(false);
            return PollOutcome.Of(answer, clock.Age, task.AspectRatio);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: a failed poll never fails a task.
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
