using System.Runtime.CompilerServices;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Submitting;
using ImaNanoBanana.Transport;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Client;

/// <summary>
/// Submits a request and watches its task to the end: as a stream of every step, or as a wait, which keeps in memory only what a task
/// needs while thousands of them wait.
/// </summary>
internal sealed class ImageGeneration(
    ImageSubmitter submitter, TaskWatcher watcher, DeliveredTasks delivered, ImaNanoBananaOptions options, TimeProvider time)
{
    public IAsyncEnumerable<ImageProgress> StreamAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        var items = ItemsAsync(new SubmissionCall(request) { IsPriceShown = true, IsWatched = true }, cancellationToken);
        return Operation.IsObserved ? ObservedStream.FollowAsync(() => StartOperation(request), items, cancellationToken) : items;
    }

    public Task<ImageResult> RunAsync(ImageRequest request, CancellationToken cancellationToken) =>
        Operation.IsObserved
            ? ObservedAsync(request, cancellationToken)
            : SubmitAndWaitAsync(request, null, cancellationToken);

    /// <summary>Reads a stream to its end: that is when the journal records the task as delivered.</summary>
    public static async Task<ImageResult> LastAsync(IAsyncEnumerable<ImageProgress> items)
    {
        ImageResult? result = null;
        await foreach (var item in items.ConfigureAwait(false))
        {
            result = item.Result;
        }

        return result ?? throw WithoutResult();
    }

    private Operation? StartOperation(ImageRequest request) =>
        Operation.Start(Operation.Generate, ImaHosts.Api, ImagePlanner.Model(request), time)
            ?.WithPrompt(options.EnableSensitiveData ? request.Prompt : null);

    private async Task<ImageResult> ObservedAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        using var operation = StartOperation(request);
        try
        {
            return await SubmitAndWaitAsync(request, operation, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Operation.Failed(operation, exception))
        {
            throw;
        }
    }

    private async IAsyncEnumerable<ImageProgress> ItemsAsync(
        SubmissionCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ImageTask? task = null;
        WatchLease? lease = null;
        try
        {
            await foreach (var item in submitter.SubmitAsync(call, cancellationToken).ConfigureAwait(false))
            {
                task = item.Task;
                lease = task is null ? null : delivered.Hold(task);
                yield return item;
            }

            var watch = watcher.WatchAsync(task!, cancellationToken);
            await foreach (var item in delivered.RecordHeldAsync(task!, watch, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
        finally
        {
            if (lease is not null)
            {
                await lease.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <returns>The task, and the right to watch it if the journal records it.</returns>
    private async Task<(ImageTask Task, WatchLease? Lease)> SubmitAsync(
        ImageRequest request, Operation? operation, CancellationToken cancellationToken)
    {
        ImageTask? task = null;
        WatchLease? lease = null;
        try
        {
            var items = submitter.SubmitAsync(new SubmissionCall(request) { IsWatched = true }, cancellationToken);
            await foreach (var item in items.ConfigureAwait(false))
            {
                task = item.Task;
                lease = task is null ? null : delivered.Hold(task);
            }

            operation?.Submitted(task!);
            return (task!, lease);
        }
        catch
        {
            if (lease is not null)
            {
                await lease.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    private async Task<ImageResult> SubmitAndWaitAsync(
        ImageRequest request, Operation? operation, CancellationToken cancellationToken)
    {
        var (task, lease) = await SubmitAsync(request, operation, cancellationToken).ConfigureAwait(false);

        // The request is not kept in memory while its task is watched.
        request = null!;
        try
        {
            ImageResult? result = null;
            await foreach (var item in watcher.WatchAsync(task, cancellationToken).ConfigureAwait(false))
            {
                result = item.Result;
            }

            if (result is null)
            {
                throw WithoutResult();
            }

            await delivered.RecordCompletedAsync(task).ConfigureAwait(false);
            return result;
        }
        catch (ImaException exception)
        {
            await delivered.RecordFailureAsync(task, exception).ConfigureAwait(false);
            throw;
        }
        finally
        {
            if (lease is not null)
            {
                await lease.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private static InvalidOperationException WithoutResult() =>
        new("A watch ended without a result and without an error. Please report this.");
}
