using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>Represents an image without a URL. It is uploaded before the request is submitted.</summary>
internal abstract class LocalImage : ImageInput
{
    /// <summary>Gets the name of the image in error messages; never its content.</summary>
    public abstract string Name { get; }

    /// <summary>Opens the image at its start. It can be called repeatedly, because a repeated upload reads the image again.</summary>
    /// <param name="limit">The maximum number of bytes. An image that must be copied first is not copied beyond this limit.</param>
    /// <param name="stall">
    /// Receives progress, and is paused while the call waits for another reader of the same image; null to report no progress.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A readable stream of known length. The caller disposes it before the image is opened again.</returns>
    /// <exception cref="InvalidDataException">The image is longer than <paramref name="limit"/>.</exception>
    public abstract ValueTask<Stream> OpenAsync(long limit, StallWatch? stall, CancellationToken cancellationToken);

    /// <inheritdoc cref="OpenAsync(long, StallWatch?, CancellationToken)"/>
    public ValueTask<Stream> OpenAsync(long limit, CancellationToken cancellationToken) => OpenAsync(limit, null, cancellationToken);

    /// <param name="opened">The stream that <see cref="OpenAsync(long, CancellationToken)"/> returned.</param>
    /// <returns>
    /// A value that changes when the image is replaced or written to; null if a change can be detected only from the bytes.
    /// </returns>
    public virtual string? Stamp(Stream opened) => null;

    public sealed override string ToString() => Name;
}
