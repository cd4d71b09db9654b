using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>
/// Reads local images within limits. Neither an unresponsive mount nor a stream that returns no data can block the caller.
/// </summary>
internal sealed class LocalReading(ImaNanoBananaOptions options, TimeProvider time)
{
    public long MaxUploadBytes => options.MaxUploadBytes;

    /// <param name="image">The image.</param>
    /// <param name="read">Reads the data into a buffer that only it uses, because it may continue to run after the caller has
    /// stopped waiting. It closes the stream afterwards.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="TimeoutException">There was no progress for too long, or the read did not finish in time.</exception>
    /// <exception cref="InvalidDataException">The image is longer than <see cref="MaxUploadBytes"/>.</exception>
    public Task<T> ReadAsync<T>(
        LocalImage image, Func<Stream, StallWatch, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        Deadline.RunAsync(
            options.TransferTimeout,
            time,
            deadline => WatchedAsync(image, read, deadline.Token),
            static limit => $"it was not read within {limit.TotalSeconds:0} s",
            cancellationToken);

    private async Task<T> WatchedAsync<T>(
        LocalImage image, Func<Stream, StallWatch, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var stall = new StallWatch(options.TransferStallTimeout, time, cancellationToken);
        var token = stall.Token;
        try
        {
            // Do not read on the caller's thread: a stream may block in its asynchronous methods.
            return await Task.Run(() => OpenedAsync(image, read, stall, token), token).WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (stall.HasStalled)
        {
            throw stall.NoProgress(exception);
        }
    }

    private async Task<T> OpenedAsync<T>(
        LocalImage image, Func<Stream, StallWatch, CancellationToken, Task<T>> read, StallWatch stall, CancellationToken cancellationToken)
    {
        var stream = await image.OpenAsync(MaxUploadBytes, stall, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await read(stream, stall, cancellationToken).ConfigureAwait(false);
        }
    }
}
