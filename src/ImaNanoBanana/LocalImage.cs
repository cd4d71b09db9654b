namespace ImaNanoBanana;

/// <summary>An image that is not at an address yet: it is uploaded before the order.</summary>
internal abstract class LocalImage : ImageInput
{
    /// <summary>How the image is called in errors; never its content.</summary>
    public abstract string Name { get; }

    /// <summary>Opens the image at its start. May be called again: an upload that is repeated reads it anew.</summary>
    /// <param name="limit">The most bytes that are of use; an image that has to be copied first is not copied beyond.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A readable stream of known length; the caller disposes it before the image is opened again.</returns>
    /// <exception cref="InvalidDataException">The image is longer than <paramref name="limit"/>.</exception>
    public abstract ValueTask<Stream> OpenAsync(long limit, CancellationToken cancellationToken);

    public sealed override string ToString() => Name;
}
