using System.Runtime.ExceptionServices;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Uploads;

/// <summary>Puts local images where the service can fetch them (careful client, section 4). Spends nothing.</summary>
internal sealed class ImageUploader
{
    /// <summary>At most 4 at a time.</summary>
    public const int Parallel = 4;

    private readonly IImaUploadApi _api;
    private readonly Func<HttpClient> _clients;
    private readonly ImaNanoBananaOptions _options;
    private readonly TimeProvider _time;
    private readonly SafeRequests _put;

    public ImageUploader(IImaUploadApi api, Func<HttpClient> clients, ImaNanoBananaOptions options, TimeProvider time, RequestLimiter limiter)
    {
        _api = api;
        _clients = clients;
        _options = options;
        _time = time;
        _put = new SafeRequests(options, time, limiter, options.TransferTimeout);
    }

    /// <summary>
    /// Uploads the images that have no address yet. Tokens are asked for in the order of the images, the images follow
    /// side by side; the first failure ends the others.
    /// </summary>
    /// <returns>The same images in the same order, all with addresses.</returns>
    /// <exception cref="ImaException">One of them could not be uploaded (<see cref="ImaErrorKind.UploadFailed"/>).</exception>
    public async Task<IReadOnlyList<InputFact>> UploadAsync(IReadOnlyList<InputFact> inputs, CancellationToken cancellationToken)
    {
        using var operation = Operation.IsObserved && inputs.Any(input => input.Address is null)
            ? Operation.Start(Operation.Upload, ImaHosts.Upload, null, _time)
            : null;
        var uploaded = inputs.ToArray();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var slots = new SemaphoreSlim(Parallel);
        var puts = new List<Task>();
        Exception? failure = null;
        try
        {
            for (var index = 0; index < inputs.Count; index++)
            {
                if (inputs[index].Address is null)
                {
                    await slots.WaitAsync(stop.Token).ConfigureAwait(false);
                    var token = await TokenAsync(inputs[index], stop.Token).ConfigureAwait(false);
                    puts.Add(PutOneAsync(index, token));
                }
            }
        }
        catch (Exception exception) when (Fail(exception))
        {
        }

        await Task.WhenAll(puts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            _ = Operation.Failed(operation, failure);
            ExceptionDispatchInfo.Throw(failure);
        }

        return uploaded;

        async Task PutOneAsync(int index, UploadToken token)
        {
            try
            {
                await PutAsync(inputs[index], token, stop.Token).ConfigureAwait(false);
                uploaded[index] = inputs[index] with { Address = token.PublicAddress.OriginalString };
                slots.Release();
            }
            catch (Exception exception) when (Fail(exception))
            {
            }
        }

        // The first failure is the one to tell; those that it causes are not.
        bool Fail(Exception exception)
        {
            Interlocked.CompareExchange(ref failure, exception, null);
            stop.Cancel();
            return true;
        }
    }

    private async Task<UploadToken> TokenAsync(InputFact input, CancellationToken cancellationToken)
    {
        ApiAnswer answer;
        try
        {
            answer = await _api.GetUploadTokenAsync(input.MediaType!["image/".Length..], input.MediaType, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: an app's own handlers may throw anything, and nothing was ordered yet.
            throw UploadErrors.Of(input.Name, exception.Message, cause: exception);
        }

        return UploadToken.Read(answer, input.Name, _options.StorageHosts);
    }

    private async Task PutAsync(InputFact input, UploadToken token, CancellationToken cancellationToken)
    {
        ApiAnswer answer;
        try
        {
            answer = await _put.SendAsync(attempt => PutOnceAsync(input, token.PutAddress, attempt), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw UploadErrors.Of(input.Name, exception.Message, cause: exception);
        }

        if (!answer.IsHttpSuccess)
        {
            throw UploadErrors.Of(input.Name, $"the storage host answered {answer.StatusCode}", answer.StatusCode, answer.RetryAfter);
        }

        Counters.Uploaded(input.Length);
    }

    /// <returns>The HTTP status; what a storage host has to say is not read.</returns>
    private async Task<ApiAnswer> PutOnceAsync(InputFact input, Uri address, CancellationToken cancellationToken)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var watchdog = _time.CreateTimer(
            TimedCancellation.Callback, stalled, _options.TransferStallTimeout, Timeout.InfiniteTimeSpan);
        using var request = KeylessTransfer.Request(HttpMethod.Put, address, "*/*");
        request.Content = new LocalImageContent(
            input.Local!, input.Length, input.MediaType!, () => watchdog.Change(_options.TransferStallTimeout, Timeout.InfiniteTimeSpan));
        try
        {
            // A handler of the app that ignores its token must not keep the upload.
            using var response = await _clients().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stalled.Token)
                .WaitAsync(stalled.Token).ConfigureAwait(false);
            return new ApiAnswer((int)response.StatusCode, null) { RetryAfter = RetryAfter.Of(response, _time.GetUtcNow()) };
        }
        catch (OperationCanceledException exception) when (stalled.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no progress for {_options.TransferStallTimeout.TotalSeconds:0} s", exception);
        }
    }
}
