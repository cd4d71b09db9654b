using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>Reads local images within limits. Neither a dead mount nor a stream that gives nothing out keeps the caller.</summary>
internal sealed class LocalReading(ImaNanoBananaOptions options, TimeProvider time)
{
    public long MaxUploadBytes => options.MaxUploadBytes;

    /// <param name="image">The image.</param>
    /// <param name="read">Reads what it needs into memory of its own: it may go on after its caller is gone, and closes the
    /// stream then.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">Nothing has moved for too long.</exception>
    /// <exception cref="InvalidDataException">The image is longer than <see cref="MaxUploadBytes"/>.</exception>
    public Task<T> ReadAsync<T>(
        LocalImage image, Func<Stream, StallWatch, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        Deadline.RunAsync(
            options.TransferTimeout,
            time,
            deadline => WatchedAsync(image, read, deadline.Token),
            $"not read within {options.TransferTimeout.TotalSeconds:0} s",
            cancellationToken);

    private async Task<T> WatchedAsync<T>(
        LocalImage image, Func<Stream, StallWatch, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var stall = new StallWatch(options.TransferStallTimeout, time, cancellationToken);
        var token = stall.Token;
        try
        {
            // Not on the caller's thread: a stream may block in its asynchronous methods.
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
