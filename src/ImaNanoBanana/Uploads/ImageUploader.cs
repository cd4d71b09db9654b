using System.Runtime.ExceptionServices;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Uploads;

/// <summary>Uploads local images to storage that the service can read. Spends no credits.</summary>
internal sealed class ImageUploader(
    Func<IImaUploadApi> api,
    ApiReader reader,
    IHttpClients clients,
    RepeatedTransfer transfer,
    ImaNanoBananaOptions options,
    TimeProvider time)
{
    /// <summary>The maximum number of parallel uploads.</summary>
    public const int Parallel = 4;

    private readonly LongPause _pause = new(time);

    /// <summary>
    /// Uploads the images that have no URL yet. Requests the upload tokens in the sequence of the images and uploads the images in
    /// parallel. The first failure cancels the other uploads.
    /// </summary>
    /// <returns>The same images in the same sequence, all with URLs.</returns>
    /// <exception cref="ImaException">An image could not be uploaded (<see cref="ImaErrorKind.UploadFailed"/>).</exception>
    public async Task<IReadOnlyList<InputDetails>> UploadAsync(IReadOnlyList<InputDetails> inputs, CancellationToken cancellationToken)
    {
        using var operation = Operation.IsObserved && inputs.Any(input => input.Address is null)
            ? Operation.Start(Operation.Upload, ImaHosts.Upload, null, time)
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

        // Only the first failure is reported, not the failures that it causes.
        bool Fail(Exception exception)
        {
            Interlocked.CompareExchange(ref failure, exception, null);
            TimedCancellation.Cancel(stop);
            return true;
        }
    }

    private async Task<UploadToken> TokenAsync(InputDetails input, CancellationToken cancellationToken)
    {
        if (_pause.TooLong is { } left)
        {
            throw UploadErrors.Create(input.Name, $"wait {ErrorText.Wait(left)} and try again", ServiceCode.RateLimit, left);
        }

        ApiAnswer answer;
        try
        {
            var form = new UploadTokenForm(input.MediaType!["image/".Length..], input.MediaType);
            answer = await reader.ReadAsync(
                (call, token) => api().GetUploadTokenAsync(form, call, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Catch any exception: handlers of the app may throw anything, and nothing was submitted yet.
            throw UploadErrors.Create(input.Name, AppCallback.Message(exception), cause: exception);
        }

        using (answer)
        {
            if (answer.IsRateLimit)
            {
                _pause.Begin(answer.RetryAfter);
            }

            return UploadToken.Read(answer, input.Name, options.StorageHosts);
        }
    }

    private async Task PutAsync(InputDetails input, UploadToken token, CancellationToken cancellationToken)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await transfer.RunAsync(
                attempt => PutOnceAsync(input, token.PutAddress, attempt), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not ImaException)
        {
            throw UploadErrors.Create(input.Name, AppCallback.Message(exception), cause: exception);
        }

        using (answer)
        {
            if (!answer.IsSuccessStatusCode)
            {
                var status = (int)answer.StatusCode;
                throw UploadErrors.Create(
                    input.Name, $"the storage host returned status {status}", status, RetryAfter.FromResponse(answer, time.GetUtcNow()));
            }
        }

        Counters.Uploaded(input.Length);
    }

    /// <returns>The response. Only its status is used; the response body of the storage host is not read.</returns>
    private async Task<HttpResponseMessage> PutOnceAsync(InputDetails input, Uri address, CancellationToken cancellationToken)
    {
        using var stall = new StallWatch(options.TransferStallTimeout, time, cancellationToken);
        using var request = KeylessTransfer.Request(HttpMethod.Put, address, "*/*", options.RetryReads ? stall.Token : null);
        request.Content = new LocalImageContent(input, stall);
        try
        {
            // A handler of the app that ignores its cancellation token must not block the upload.
            return await clients.Create().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token)
                .WaitAsync(stall.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (stall.HasStalled)
        {
            throw stall.NoProgress(exception);
        }
    }
}
