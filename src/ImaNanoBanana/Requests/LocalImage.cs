using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Requests;

/// <summary>An image that is not at an address yet: it is uploaded before the order.</summary>
internal abstract class LocalImage : ImageInput
{
    /// <summary>How the image is called in errors; never its content.</summary>
    public abstract string Name { get; }

    /// <summary>Opens the image at its start. May be called again: an upload that is repeated reads it anew.</summary>
    /// <param name="limit">The most bytes that are of use; an image that has to be copied first is not copied beyond.</param>
    /// <param name="stall">Told of progress, and stopped while another reader of the same image is waited for; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A readable stream of known length; the caller disposes it before the image is opened again.</returns>
    /// <exception cref="InvalidDataException">The image is longer than <paramref name="limit"/>.</exception>
    public abstract ValueTask<Stream> OpenAsync(long limit, StallWatch? stall, CancellationToken cancellationToken);

    /// <inheritdoc cref="OpenAsync(long, StallWatch?, CancellationToken)"/>
    public ValueTask<Stream> OpenAsync(long limit, CancellationToken cancellationToken) => OpenAsync(limit, null, cancellationToken);

    /// <param name="opened">What <see cref="OpenAsync(long, CancellationToken)"/> returned.</param>
    /// <returns>What changes when somebody replaces the image or writes to it; null where only its bytes can tell.</returns>
    public virtual string? Stamp(Stream opened) => null;

    public sealed override string ToString() => Name;
}
