using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Client;

/// <summary>
/// Runs many requests once. A loop takes each request from the source when a slot is free. Each request is generated independently.
/// A channel passes the outcomes to the reader, and reading an outcome frees its slot. The loop or the request that ends last closes
/// the channel.
/// </summary>
internal sealed class ImageBatch : IDisposable
{
    /// <summary>The time that the batch waits for a source that still fetches its next request after the batch has stopped.</summary>
    public static readonly TimeSpan SourceGrace = TimeSpan.FromSeconds(5);

    private const string Caller = nameof(ImaImageClientExtensions.GenerateBatchAsync);
    private const string Member = nameof(IImaImageClient.GenerateStreamingAsync);

    private readonly IImaImageClient _client;
    private readonly ImageBatchOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<(ImageOutcome Outcome, TaskCompletionSource<bool> IsTaken)> _outcomes =
        Channel.CreateUnbounded<(ImageOutcome, TaskCompletionSource<bool>)>();

    private readonly SemaphoreSlim _slots;
    private readonly BatchKeys _keys;

    /// <summary>Ends everything: the reader has left, or the caller cancelled.</summary>
    private readonly CancellationTokenSource _leaving;

    /// <summary>Ends only the loop. Running requests continue.</summary>
    private readonly CancellationTokenSource _stopping;

    private int _busy = 1;
    private ExceptionDispatchInfo? _fault;

    private ImageBatch(IImaImageClient client, ImageBatchOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        (_client, _options, _time) = (client, options, time);
        _slots = new SemaphoreSlim(options.MaxConcurrency);
        _keys = new BatchKeys(options.IdempotencyKeyPrefix);
        _leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
    }

    /// <summary>
    /// Gets whether no more requests are started. Linked token sources are cancelled one after the other: a running request may end
    /// and free its slot before the token source of the loop is cancelled.
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
            // Do not run the loop on the reader's thread: a source may block.
            _ = Task.Run(() => batch.StartAllAsync(requests), CancellationToken.None);

            // Do not pass the caller's token: the outcomes of requests that were running at the cancellation are still delivered.
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
        "Design",
        "CA1031",
        Justification = "Any exception of the app's source is rethrown after the outcomes of the running requests were delivered.")]
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

                    // Use a separate thread and a wait that can be cancelled: a source may block or ignore its token.
                    moving = Task.Run(() => source.MoveNextAsync().AsTask(), CancellationToken.None);
                    if (!await moving.WaitAsync(_stopping.Token).ConfigureAwait(false))
                    {
                        break;
                    }

                    // One key at a time: the number of a repeated request follows from the sequence of the list.
                    var request = source.Current;
                    var key = _keys.CreateAsync(request, _stopping.Token);
                    await ((Task)key).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (IsStopping)
                    {
                        return;
                    }

                    Interlocked.Increment(ref _busy);
                    _ = GenerateAsync(request, key, number);
                }
            }
            finally
            {
                await LeaveAsync(source, moving).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (IsStopping)
        {
            // No more requests are started.
        }
        catch (Exception exception)
        {
            Fault(exception);
        }
        finally
        {
            End();
        }
    }

    /// <summary>
    /// Disposes the source when it is idle. If the source is still fetching its next request, this method waits for a limited time.
    /// After that time, the source is disposed in the background.
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

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Any exception of the client is rethrown after the outcomes of the running requests were delivered.")]
    private async Task GenerateAsync(ImageRequest? request, Task<string?> createdKey, int number)
    {
        string? key = null;
        ImageTask? task = null;
        var isOver = false;
        try
        {
            key = await createdKey.ConfigureAwait(false);
            if (request is null)
            {
                throw new ImaException(
                    ImaErrorKind.InvalidRequest,
                    FormattableString.Invariant($"Request {number} of the batch is null. Nothing was submitted for it."))
                {
                    ParameterName = "requests",
                };
            }

            var steps = _client.GenerateStreamingAsync(Keyed(request, key, number), _leaving.Token);
            await foreach (var step in ClientAnswer.Required(steps, Member, Caller).ConfigureAwait(false))
            {
                task = step.Task ?? task;
                if (step.Result is { } result)
                {
                    isOver = true;

                    // The journal records the task as completed when its stream continues. Wait until the reader has processed the
                    // outcome.
                    if (!await DeliverAsync(Outcome(result.Task.IdempotencyKey) with { Result = result }).ConfigureAwait(false))
                    {
                        return;
                    }
                }
            }

            if (!isOver)
            {
                throw ClientAnswer.WithoutResult(Member, Caller);
            }
        }
        catch (ImaException exception) when (!isOver)
        {
            _ = DeliverAsync(Outcome(exception.IdempotencyKey) with { Error = exception });
        }
        catch (OperationCanceledException exception) when (!isOver)
        {
            var cancellation = BatchErrors.Cancellation(exception, task, key);
            _ = DeliverAsync(Outcome(cancellation.IdempotencyKey) with { Cancellation = cancellation });
        }
        catch (Exception exception)
        {
            if (!isOver && task is not null)
            {
                _ = DeliverAsync(Outcome(task.IdempotencyKey) with { Error = BatchErrors.Unwatched(exception, task) });
            }

            Fault(exception);
        }
        finally
        {
            End();
        }

        ImageOutcome Outcome(string? idempotencyKey) => new(idempotencyKey ?? key ?? "") { Request = request, Number = number };
    }

    private ImageRequest Keyed(ImageRequest request, string? key, int number) => request with
    {
        IdempotencyKey = key,
        BatchBudget = _options.Budget,
        BatchName = _options.IdempotencyKeyPrefix,
        EarlierKey = request.IdempotencyKey is null && _options.IdempotencyKeyPrefix is { } batch
            ? BatchKey.FromPosition(batch, number)
            : null,
    };

    /// <returns>Whether the reader received the outcome and continued after it.</returns>
    private Task<bool> DeliverAsync(ImageOutcome outcome)
    {
        var isTaken = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _outcomes.Writer.TryWrite((outcome, isTaken));
        return isTaken.Task;
    }

    /// <summary>
    /// Stops the batch: no more requests are started. The first exception is rethrown after the outcomes of the running requests were
    /// delivered.
    /// </summary>
    private void Fault(Exception exception)
    {
        Interlocked.CompareExchange(ref _fault, ExceptionDispatchInfo.Capture(exception), null);
        TimedCancellation.Begin(_stopping);
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _busy) == 0)
        {
            _outcomes.Writer.Complete();
        }
    }

    /// <summary>
    /// Cancels the running requests and waits for their end. The client waits for the response to a create request that was already
    /// sent, and records it.
    /// </summary>
    private async Task LeaveAsync()
    {
        TimedCancellation.Begin(_leaving);
        await foreach (var (_, isTaken) in _outcomes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            isTaken.TrySetResult(false);
        }
    }
}
