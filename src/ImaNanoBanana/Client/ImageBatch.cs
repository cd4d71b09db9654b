using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace ImaNanoBanana.Client;

/// <summary>
/// One run over many requests. A loop takes them from their source, each when there is a slot for it; each is generated on its
/// own; a channel carries the outcomes to the reader, who frees the slot. Whoever ends last, loop or item, closes the channel.
/// </summary>
internal sealed class ImageBatch : IDisposable
{
    /// <summary>5 s: how long a source that is looking for its next request is waited for when nobody wants it any more.</summary>
    public static readonly TimeSpan SourceGrace = TimeSpan.FromSeconds(5);

    private readonly IImaImageClient _client;
    private readonly ImageBatchOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<(ImageOutcome Outcome, TaskCompletionSource<bool> IsTaken)> _outcomes =
        Channel.CreateUnbounded<(ImageOutcome, TaskCompletionSource<bool>)>();

    private readonly SemaphoreSlim _slots;

    /// <summary>Ends everything: the reader is gone, or the caller cancelled.</summary>
    private readonly CancellationTokenSource _leaving;

    /// <summary>Ends the loop only: what is running goes on.</summary>
    private readonly CancellationTokenSource _stopping;

    private int _busy = 1;
    private ExceptionDispatchInfo? _fault;

    private ImageBatch(IImaImageClient client, ImageBatchOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        (_client, _options, _time) = (client, options, time);
        _slots = new SemaphoreSlim(options.MaxConcurrency);
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
    }

    /// <summary>
    /// Whether nothing further is started. Linked sources are cancelled one after the other: what is running may have ended, and
    /// freed its slot, before the source of the loop itself is cancelled.
    /// </summary>
    private bool IsStopping => _stopping.IsCancellationRequested || _leaving.IsCancellationRequested;

    public static async IAsyncEnumerable<ImageOutcome> RunAsync(
        IImaImageClient client,
        IAsyncEnumerable<ImageRequest?> requests,
        ImageBatchOptions options,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var batch = new ImageBatch(client, options, time, cancellationToken);
        try
        {
            // Not on the reader's thread: a source may block.
            _ = Task.Run(() => batch.StartAllAsync(requests), CancellationToken.None);

            // Not on the caller's token: what was running when it was cancelled is handed over.
            await foreach (var (outcome, isTaken) in batch._outcomes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            {
                batch._slots.Release();
                try
                {
                    yield return outcome;
                    isTaken.TrySetResult(true);
                }
                finally
                {
                    isTaken.TrySetResult(false);
                }
            }

            if (batch._fault?.SourceException is null or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            batch._fault?.Throw();
        }
        finally
        {
            await batch.LeaveAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _leaving.Dispose();
        _slots.Dispose();
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "Whatever an app's source throws comes out when the running items were handed over.")]
    private async Task StartAllAsync(IAsyncEnumerable<ImageRequest?> requests)
    {
        try
        {
            var source = requests.GetAsyncEnumerator(_stopping.Token);
            var moving = Task.FromResult(true);
            try
            {
                for (var number = 1; ; number++)
                {
                    await _slots.WaitAsync(_stopping.Token).ConfigureAwait(false);

                    // On a thread of its own, and not waited for to its end: a source may block, or be deaf to its token.
                    moving = Task.Run(() => source.MoveNextAsync().AsTask(), CancellationToken.None);
                    if (!await moving.WaitAsync(_stopping.Token).ConfigureAwait(false))
                    {
                        break;
                    }

                    if (IsStopping)
                    {
                        return;
                    }

                    Interlocked.Increment(ref _busy);
                    _ = GenerateAsync(source.Current, number);
                }
            }
            finally
            {
                await LeaveAsync(source, moving).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (IsStopping)
        {
            // Nothing further is started.
        }
        catch (Exception exception)
        {
            await FaultAsync(exception).ConfigureAwait(false);
        }
        finally
        {
            End();
        }
    }

    /// <summary>
    /// Disposes the source once it rests. One that is still looking for its next request has a grace; after that it is disposed
    /// behind everybody's back.
    /// </summary>
    private async Task LeaveAsync(IAsyncEnumerator<ImageRequest?> source, Task moving)
    {
        await moving.WaitAsync(SourceGrace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var disposing = DisposeAsync();
        await (moving.IsCompleted ? disposing : Task.CompletedTask).ConfigureAwait(false);

        async Task DisposeAsync()
        {
            await moving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a client throws comes out when the running items were handed over.")]
    private async Task GenerateAsync(ImageRequest? request, int number)
    {
        var key = request?.IdempotencyKey
            ?? (_options.IdempotencyKeyPrefix is { } prefix ? FormattableString.Invariant($"{prefix}-{number}") : null);
        ImageTask? task = null;
        var isOver = false;
        try
        {
            if (request is null)
            {
                throw new ImaException(
                    ImaErrorKind.InvalidRequest,
                    FormattableString.Invariant($"Request {number} of the batch is null. Nothing was ordered."))
                {
                    ParameterName = "requests",
                    IdempotencyKey = key,
                };
            }

            await foreach (
                var step in _client.GenerateStreamingAsync(
                    request with { IdempotencyKey = key, BatchBudget = _options.Budget, BatchName = _options.IdempotencyKeyPrefix },
                    _leaving.Token).ConfigureAwait(false))
            {
                task = step.Task ?? task;
                if (step.Result is { } result)
                {
                    isOver = true;

                    // A journal counts the task as finished when its stream goes on: not before the reader came back from it.
                    if (!await DeliverAsync(Outcome(result.Task.IdempotencyKey) with { Result = result }).ConfigureAwait(false))
                    {
                        return;
                    }
                }
            }

            if (!isOver)
            {
                throw new InvalidOperationException("A stream ended without a result and without an error. Please report this.");
            }
        }
        catch (ImaException exception) when (!isOver)
        {
            _ = DeliverAsync(Outcome(exception.IdempotencyKey) with { Error = exception });
        }
        catch (OperationCanceledException exception) when (!isOver)
        {
            var cancellation = Cancellation(exception, task, key);
            _ = DeliverAsync(Outcome(cancellation.IdempotencyKey) with { Cancellation = cancellation });
        }
        catch (Exception exception)
        {
            if (!isOver && task is not null)
            {
                _ = DeliverAsync(Outcome(task.IdempotencyKey) with { Error = Unwatched(exception, task) });
            }

            await FaultAsync(exception).ConfigureAwait(false);
        }
        finally
        {
            End();
        }

        ImageOutcome Outcome(string? idempotencyKey) => new(idempotencyKey ?? key ?? "") { Request = request, Number = number };
    }

    /// <returns>Whether the reader took it and came back.</returns>
    private Task<bool> DeliverAsync(ImageOutcome outcome)
    {
        var isTaken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _outcomes.Writer.TryWrite((outcome, isTaken));
        return isTaken.Task;
    }

    /// <summary>Nothing further is started; the first fault comes out when the running items were handed over.</summary>
    private async Task FaultAsync(Exception exception)
    {
        Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(exception), null);
        await _stopping.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _busy) == 0)
        {
            _outcomes.Writer.Complete();
        }
    }

    /// <summary>
    /// Cancels what is running and waits for its end: a create that is on the wire is waited for and recorded by the client.
    /// </summary>
    private async Task LeaveAsync()
    {
        await _leaving.CancelAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await foreach (var (_, isTaken) in _outcomes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            isTaken.TrySetResult(false);
        }
    }

    /// <summary>What the client says of it; of one that says nothing, what was seen.</summary>
    private static ImageGenerationCanceledException Cancellation(OperationCanceledException cause, ImageTask? task, string? key) =>
        cause is ImageGenerationCanceledException known ? known
        : new(
            task is null ? ImaChargeStatus.Unknown : ImaChargeStatus.Charged,
            cause.Message,
            cause,
            cause.CancellationToken)
        { Task = task, IdempotencyKey = task?.IdempotencyKey ?? key };

    /// <summary>What was bought is handed over whatever went wrong after it.</summary>
    private static ImaException Unwatched(Exception cause, ImageTask task) => new(
        ImaErrorKind.WatchFailed,
        $"Watching task {task.Id} ended unexpectedly ({cause.Message}). The task is paid for and goes on: watch it again, do not "
            + "order again.",
        cause)
    {
        Task = task,
        IdempotencyKey = task.IdempotencyKey,
    };
}
