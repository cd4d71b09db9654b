using System.Runtime.CompilerServices;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.OpenApi.Models;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Watching;

/// <summary>Watches a task until it is over or the watch times out. Spends no credits.</summary>
internal sealed class TaskWatcher(
    Func<IImaOpenApi> api,
    ApiReader reader,
    ImaNanoBananaOptions options,
    TimeProvider time,
    IRequestGate gate,
    ILogger logger,
    CancellationToken disposed)
{
    private const int HighestEstimate = 95;

    private readonly SeenDurations _seen = new();

    /// <summary>
    /// A watch takes at most this many times its timeout, including the time spent waiting for the request gate (see
    /// <see cref="LongestFirstTurn"/>). A wait therefore always ends, even if every poll is answered with 429.
    /// </summary>
    private const int MostTimeouts = 2;

    /// <summary>A watch with a short timeout waits at least this long for its first poll, so that it polls once in a busy client.</summary>
    private static readonly TimeSpan LongestFirstTurn = TimeSpan.FromMinutes(10);

    /// <summary>Polls once. A failed poll is an error here, because nothing repeats it; a failed task is a status.</summary>
    public async Task<ImageProgress> GetStatusAsync(ImageTask task, CancellationToken cancellationToken)
    {
        var clock = new WatchClock(task, time);
        var outcome = await PollAsync(task, clock, [], cancellationToken).ConfigureAwait(false);
        var state = outcome.State ?? throw WatchErrors.Refused(task, outcome, []);

        // One poll is not a watch: a task whose expected time is unknown is as late as it is old.
        return HasFailed(state) ? Failed(task, clock, state) : Item(task, clock, state, After(task, clock, clock.Elapsed, Jitter.Next()));
    }

    /// <returns>An item for each successful poll.</returns>
    public IAsyncEnumerable<ImageProgress> WatchAsync(ImageTask task, CancellationToken cancellationToken) =>
        Operation.IsObserved ? ObservedAsync(task, cancellationToken) : ItemsAsync(task, cancellationToken);

    private IAsyncEnumerable<ImageProgress> ObservedAsync(ImageTask task, CancellationToken cancellationToken) =>
        ObservedStream.FollowAsync(
        () => Operation.Start(
            Operation.Watch, ImaHosts.Api, task.Model, time, task.TraceParent), CountedAsync(task, cancellationToken), cancellationToken);

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
        TimeSpan? unfinishedAt = null;
        while (true)
        {
            var outcome = await PollAsync(task, clock, last.Images, cancellationToken).ConfigureAwait(false);
            var jitter = Jitter.Next();
            if (outcome.State is { } state)
            {
                last = state;
                if (HasFailed(state))
                {
                    throw WatchErrors.Failed(task, state);
                }

                Learn(task, clock, state, ref unfinishedAt);
                var item = Item(task, clock, state, After(task, clock, clock.Watched, jitter));
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

            var left = Left(clock);
            if (left <= TimeSpan.Zero)
            {
                if (last.Pending > 0 || last.Images.Count == 0)
                {
                    throw WatchErrors.TimedOut(task, clock.SinceStart, last);
                }

                // Everything that is listed is ready or failed. The rest may never be listed, so the result says how many are missing.
                yield return Completed(task, clock, last);
                yield break;
            }

            var delay = After(task, clock, clock.Watched, jitter);
            using var either = Either(cancellationToken);
            try
            {
                await Task.Delay(left < delay ? left : delay, time, either?.Token ?? disposed).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception)
            {
                throw Ended(task, exception, last.Images, cancellationToken);
            }
        }
    }

    private TimeSpan Left(WatchClock clock)
    {
        var left = options.WatchTimeout - clock.Watched;
        var most = (MostTimeouts * options.WatchTimeout) - clock.SinceStart;
        return left < most ? left : most;
    }

    /// <summary>Whether the task is over without an image.</summary>
    private static bool HasFailed(TaskState state) => state.IsOver && state.Images.Count == 0;

    private static ImageProgress Failed(ImageTask task, WatchClock clock, TaskState state) => new(ImageStage.Failed)
    {
        Task = task,
        Credits = task.Credits,
        Adjustments = task.Adjustments,
        Elapsed = clock.Elapsed,
        Error = WatchErrors.Failed(task, state),
    };

    /// <summary>Only a task that was seen unfinished and then finished shows how long it took.</summary>
    private void Learn(ImageTask task, WatchClock clock, TaskState state, ref TimeSpan? unfinishedAt)
    {
        if (!state.IsOver)
        {
            unfinishedAt = clock.Age;
        }
        else if (unfinishedAt is { } before && clock.Age is { } age)
        {
            _seen.Add(task, before, age);
        }
    }

    private TimeSpan After(ImageTask task, WatchClock clock, TimeSpan watched, double jitter) => _seen.Find(task) is { } seen
        ? PollSchedule.After(clock.Age, watched, seen.AtLeast, seen.AtMost, jitter, isSeen: true)
        : PollSchedule.After(clock.Age, watched, task.MinExpectedDuration, task.MaxExpectedDuration, jitter);

    private static ImageProgress Item(ImageTask task, WatchClock clock, TaskState state, TimeSpan pollAfter)
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
                PollAfter = pollAfter,
                ReadyImages = state.Images,
            };
        }

        return Completed(task, clock, state);
    }

    private static ImageProgress Completed(ImageTask task, WatchClock clock, TaskState state) => new(ImageStage.Completed)
    {
        Task = task,
        Credits = task.Credits,
        Adjustments = task.Adjustments,
        Elapsed = clock.Elapsed,
        Percent = 100,
        ReadyImages = state.Images,
        Result = new ImageResult(task, state.Images) { Failures = state.Failures, MissingCount = state.Missing, Elapsed = clock.Elapsed },
    };

    /// <summary>The elapsed time as a percentage of the longest expected time, rounded down; at most 95.</summary>
    internal static int? Estimate(ImageTask task, TimeSpan elapsed) =>
        task.MaxExpectedDuration is { } most && most > TimeSpan.Zero
            ? (int)Math.Min(HighestEstimate, Math.Floor(elapsed / most * 100))
            : null;

    private async Task<PollOutcome> PollAsync(
        ImageTask task, WatchClock clock, IReadOnlyList<GeneratedImage> ready, CancellationToken cancellationToken)
    {
        using var either = Either(cancellationToken);
        var token = either?.Token ?? disposed;
        try
        {
            if (!await IsMyTurnAsync(clock, token).ConfigureAwait(false))
            {
                return PollOutcome.Transient("the watch timed out before the request gate allowed the poll");
            }

            using var answer = await reader.PollAsync(
                (call, stop) =>
                    api().GetTaskDetailAsync(new TaskDetailRequest { TaskId = task.Id }, call, stop), token).ConfigureAwait(false);
            var outcome = PollOutcome.FromAnswer(answer, clock.Age, task);
            Counters.Polled(failed: outcome.State is null);
            return outcome;
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.Unauthorized)
        {
            // The tenant has no key. Polling again does not help.
            Counters.Polled(failed: true);
            return new PollOutcome(null, AppCallback.Message(exception), ServiceCode.Unauthorized);
        }
        catch (Exception exception) when (!token.IsCancellationRequested)
        {
            // Any exception: a failed poll never fails a task.
            Counters.Polled(failed: true);
            return PollOutcome.Transient(AppCallback.Message(exception));
        }
        catch (Exception exception)
        {
            // A gate or a handler of the app may throw an exception of its own when it is cancelled.
            throw Ended(
                task, exception as OperationCanceledException ?? new OperationCanceledException(null, exception), ready, cancellationToken);
        }
    }

    /// <summary>
    /// Waits for the request gate until the watch has to end; the first poll of a watch waits for at least
    /// <see cref="LongestFirstTurn"/>.
    /// </summary>
    /// <returns>Whether the poll may be made.</returns>
    private async Task<bool> IsMyTurnAsync(WatchClock clock, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var most = MostTimeouts * options.WatchTimeout;
        var left = (clock.HasPolled || most > LongestFirstTurn ? most : LongestFirstTurn) - clock.SinceStart;
        clock.HasPolled = true;

        // The delay before this poll may have ended a moment late.
        using var end = new Deadline(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken);
        try
        {
            await gate.WaitAsync(ImaRequestKind.Poll, end.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (end.HasPassed && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            clock.InLine += time.GetElapsedTime(start);
        }
    }

    /// <returns>A source for the caller's token and the token of a disposed client; null if the caller has no token.</returns>
    private CancellationTokenSource? Either(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposed) : null;

    private static Exception Ended(
        ImageTask task, OperationCanceledException exception, IReadOnlyList<GeneratedImage> ready, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? WatchErrors.Cancelled(task, exception, cancellationToken)
            : WatchErrors.Disposed(task, ready);
}
