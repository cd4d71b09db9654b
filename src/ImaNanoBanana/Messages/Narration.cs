using System.Runtime.CompilerServices;
using ImaNanoBanana.Client;
using ImaNanoBanana.Downloads;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Transport;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Messages;

/// <summary>
/// Creates the messages about one image, step by step. An <see cref="ImaException"/> becomes the last message; any other exception
/// is passed on to the caller.
/// </summary>
internal sealed class Narration(IImaImageClient client, ImaLanguage language, IProgress<ImageProgress>? progress, TimeProvider time)
{
    private const string Caller = nameof(ImaMessageExtensions.StreamMessagesAsync);

    private readonly MessageTexts _texts = new(language);

    public async IAsyncEnumerable<ImageMessage> SubmitAndTellAsync(
        ImageRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new ImageMessage(ImageMessageStep.Received, _texts.Received);

        var labelled = request with { Language = request.Language ?? language };
        var (quote, refusal) = await TryAsync(
            () => client.QuoteAsync(labelled, cancellationToken), nameof(client.QuoteAsync)).ConfigureAwait(false);
        if (quote is null)
        {
            yield return Failed(refusal!, null);
            yield break;
        }

        if (quote.SubmittedTask is { } known)
        {
            // Nothing is submitted and charged again, so no price is announced.
            Report(Accepted(known));
            await foreach (var message in WatchAsync(known, labelled, [], cancellationToken, isRepeated: true).ConfigureAwait(false))
            {
                yield return message;
            }

            yield break;
        }

        yield return new ImageMessage(ImageMessageStep.Started, _texts.Started(quote));

        // Submit the quote, so that the charge cannot exceed the price in the message.
        var (task, failure) = await TryAsync(
            () => client.SubmitAsync(quote, cancellationToken), "SubmitAsync(ImageQuote)").ConfigureAwait(false);
        if (task is null)
        {
            yield return Failed(failure!, null);
            yield break;
        }

        Report(Accepted(task));
        await foreach (var message in WatchAsync(task, labelled, quote.Adjustments, cancellationToken).ConfigureAwait(false))
        {
            yield return message;
        }
    }

    public IAsyncEnumerable<ImageMessage> TryWriteAsync(ImageTask task, CancellationToken cancellationToken) =>
        WatchAsync(task, AlternativeModel.RequestFor(task), [], cancellationToken);

    private async IAsyncEnumerable<ImageMessage> WatchAsync(
        ImageTask task,
        ImageRequest submission,
        IReadOnlyList<ImageAdjustment> reported,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        bool isRepeated = false)
    {
        var clock = new WatchClock(task, time);
        var schedule = new PushSchedule(task.Model, clock.Elapsed);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var items = ClientAnswer.Required(client.WatchAsync(task, leaving.Token), nameof(client.WatchAsync), Caller)
            .GetAsyncEnumerator(leaving.Token);
        var next = NextAsync(items, task, cancellationToken);
        try
        {
            while (true)
            {
                // Send no more messages after the caller has cancelled.
                while (!cancellationToken.IsCancellationRequested
                    && !await IsDoneWithinAsync(next, schedule.Next - clock.Elapsed).ConfigureAwait(false))
                {
                    var elapsed = clock.Elapsed;
                    yield return new ImageMessage(ImageMessageStep.Generating, _texts.Generating(task, elapsed)) { Task = task };
                    schedule.Pass(clock.Elapsed);
                }

                var (item, error) = await TryAsync(() => next, nameof(client.WatchAsync)).ConfigureAwait(false);
                if (error is not null)
                {
                    var other = AdviceCauses.FromError(error) == AdviceCause.TaskFailed
                        ? await AlternativeModel.QuoteAsync(client, submission, task.Model, cancellationToken).ConfigureAwait(false)
                        : null;
                    yield return Failed(error, other);
                    yield break;
                }

                Report(item!);
                if (item!.Result is { } result)
                {
                    yield return new ImageMessage(ImageMessageStep.Succeeded, _texts.Succeeded(result, reported, isRepeated))
                    {
                        Images = result.Images,
                        Task = task,
                        Result = result,
                    };

                    // Read the watch to its end: only then does the client's journal record the image as delivered.
                    await items.MoveNextAsync().ConfigureAwait(false);
                    yield break;
                }

                next = NextAsync(items, task, cancellationToken);
            }
        }
        finally
        {
            TimedCancellation.Begin(leaving);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await items.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <returns>False if the time limit expires first.</returns>
    private async Task<bool> IsDoneWithinAsync(Task next, TimeSpan limit)
    {
        if (!next.IsCompleted)
        {
            await next.WaitAsync(
                limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return next.IsCompleted;
    }

    private static async Task<ImageProgress> NextAsync(
        IAsyncEnumerator<ImageProgress> items, ImageTask task, CancellationToken cancellationToken)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false)
                ? items.Current
                : throw ClientAnswer.WithoutResult(nameof(IImaImageClient.WatchAsync), Caller);
        }
        catch (ImageGenerationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            // The exception contains the internal token of this class. Replace it with the token of the caller.
            throw WatchErrors.Cancelled(task, exception, cancellationToken);
        }
    }

    private static async Task<(T? Value, ImaException? Error)> TryAsync<T>(Func<Task<T>> work, string member)
        where T : class
    {
        try
        {
            return (await ClientAnswer.RequiredAsync(work()!, member, Caller).ConfigureAwait(false), null);
        }
        catch (ImaException exception)
        {
            return (null, exception);
        }
    }

    private static ImageProgress Accepted(ImageTask task) =>
        new(ImageStage.Accepted) { Task = task, Credits = task.Credits, Adjustments = task.Adjustments };

    private ImageMessage Failed(ImaException error, ImageQuote? other) => new(ImageMessageStep.Failed, _texts.Failed(error, other))
    {
        Images = error.ReadyImages,
        Task = error.Task,
        Error = error,
    };

    private void Report(ImageProgress item) => AppCallback.Invoke(progress, listener => listener?.Report(item));
}
