using System.Buffers;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Downloads;

/// <summary>
/// Downloads images from the URLs that the service returns, without credentials, and verifies them. Spends no credits.
/// </summary>
internal sealed class ImageDownloader(IHttpClients clients, RepeatedTransfer transfer, ImaNanoBananaOptions options, TimeProvider time)
{
    private const int BlockSize = 256 * 1024;

    /// <exception cref="ImaException">
    /// The image could not be downloaded completely (<see cref="ImaErrorKind.DownloadFailed"/>).
    /// </exception>
    public Task<ImageDownload> DownloadAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken) =>
        Operation.IsObserved ? ObservedAsync(image, destination, cancellationToken) : RepeatedAsync(image, destination, cancellationToken);

    private async Task<ImageDownload> ObservedAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken)
    {
        using var operation = Operation.Start(Operation.Download, image.Url is { IsAbsoluteUri: true } ? image.Url.Host : "", null, time);
        try
        {
            return await RepeatedAsync(image, destination, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (Operation.Failed(operation, exception))
        {
            throw;
        }
    }

    private async Task<ImageDownload> RepeatedAsync(GeneratedImage image, Stream destination, CancellationToken cancellationToken)
    {
        if (!image.IsSecure)
        {
            throw Failed(
                image, "its URL is not https, so the content could be anything", "download the image yourself if you accept that");
        }

        var start = destination.CanSeek ? destination.Position : 0;
        var isFirst = true;
        ImageDownload? saved = null;
        HttpResponseMessage answer;
        try
        {
            answer = await transfer.RunAsync(
                async token =>
                {
                    Rewind();
                    (var response, saved) = await AttemptAsync(image, destination, token).ConfigureAwait(false);
                    return response;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is not ImaException)
        {
            throw Failed(image, AppCallback.Message(exception), cause: exception);
        }

        using (answer)
        {
            var status = (int)answer.StatusCode;
            return saved
                ?? throw Failed(
                    image,
                    $"its host returned status {status}",
                    code: status,
                    retryAfter: RetryAfter.FromResponse(answer, time.GetUtcNow()));
        }

        void Rewind()
        {
            if (!isFirst && destination.Position != start)
            {
                destination.Position = start;
                destination.SetLength(start);
            }

            isFirst = false;
        }
    }

    /// <returns>The response and, if it is successful, the saved image.</returns>
    private async Task<(HttpResponseMessage Answer, ImageDownload? Saved)> AttemptAsync(
        GeneratedImage image, Stream destination, CancellationToken cancellationToken)
    {
        using var stall = new StallWatch(options.TransferStallTimeout, time, cancellationToken);
        using var request = KeylessTransfer.Request(HttpMethod.Get, image.Url, "image/*", options.RetryReads ? stall.Token : null);
        try
        {
            // A handler of the app that ignores its cancellation token must not block the download.
            var answer = await clients.Create().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stall.Token)
                .WaitAsync(stall.Token).ConfigureAwait(false);
            var saved = answer.IsSuccessStatusCode
                ? await CopyAsync(image, answer.Content, destination, stall).ConfigureAwait(false)
                : null;
            return (answer, saved);
        }
        catch (OperationCanceledException exception) when (stall.HasStalled)
        {
            throw Repeatable(destination, image, stall.NoProgress(exception));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Repeatable(destination, image, exception);
        }
    }

    private async Task<ImageDownload> CopyAsync(
        GeneratedImage image, HttpContent content, Stream destination, StallWatch stall)
    {
        var cancellationToken = stall.Token;
        using var verifier = new ImageVerifier(options.HashDownloads);
        var (block, hashed) = (ArrayPool<byte>.Shared.Rent(BlockSize), ArrayPool<byte>.Shared.Rent(BlockSize));
        var hashing = Task.CompletedTask;
        try
        {
            var source = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (source.ConfigureAwait(false))
            {
                int count;
                while ((count = await source.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    verifier.Add(block.AsSpan(0, count));
                    if (verifier.Length > options.MaxDownloadBytes)
                    {
                        throw Failed(
                            image,
                            $"it is larger than MaxDownloadBytes ({options.MaxDownloadBytes} bytes)",
                            "raise MaxDownloadBytes and download the image again");
                    }

                    if (!verifier.CanBeImage)
                    {
                        throw Failed(image, "the content is not a PNG, JPEG, WebP or GIF image");
                    }

                    // Hashing takes as long as receiving or writing, so it runs in parallel with both.
                    await hashing.ConfigureAwait(false);
                    hashing = verifier.HashAsync(block.AsMemory(0, count));
                    await destination.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                    (block, hashed) = (hashed, block);
                    stall.Progressed();
                }
            }

            await hashing.ConfigureAwait(false);
        }
        finally
        {
            await hashing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(block);
            ArrayPool<byte>.Shared.Return(hashed);
        }

        try
        {
            return verifier.Finish(image);
        }
        catch (InvalidDataException exception)
        {
            throw Failed(image, AppCallback.Message(exception), cause: exception);
        }
    }

    /// <summary>
    /// Decides whether the download can be repeated. A stream that cannot seek keeps the bytes received so far, so nothing is
    /// written to it twice.
    /// </summary>
    private static Exception Repeatable(Stream destination, GeneratedImage image, Exception exception) =>
        destination.CanSeek ? exception : Failed(image, AppCallback.Message(exception), cause: exception);

    private static ImaException Failed(
        GeneratedImage image,
        string reason,
        string advice = "download the image again",
        int? code = null,
        TimeSpan? retryAfter = null,
        Exception? cause = null) => new(
        ImaErrorKind.DownloadFailed,
        $"The image at {image.Url.GetLeftPart(UriPartial.Path)} could not be downloaded: {reason.TrimEnd('.')}. Credits were spent. "
            + $"Do not submit it again: {advice}.",
        cause)
        {
            Code = code,
            RetryAfter = retryAfter,
            ReadyImages = [image],
        };
}
