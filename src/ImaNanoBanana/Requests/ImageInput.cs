using ImaNanoBanana.Requests;

namespace ImaNanoBanana;

/// <summary>An image to work from. Immutable; it may be used by several requests at once.</summary>
public abstract class ImageInput
{
    private protected ImageInput()
    {
    }

    /// <summary>An image at a public address. It is passed to the service as it is; the SDK does not read it.</summary>
    /// <param name="url">An <c>https</c> address with a host and without a user name; sent exactly as written.</param>
    /// <returns>The input. An address of another kind is refused when the input is used.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is null.</exception>
    public static ImageInput FromUrl(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new ImageAddress(url);
    }

    /// <summary>An image at a public address, like <see cref="FromUrl(string)"/>.</summary>
    /// <param name="url">An <c>https</c> address; sent as <see cref="Uri.OriginalString"/>.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is null.</exception>
    public static ImageInput FromUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new ImageAddress(url.OriginalString);
    }

    /// <summary>An image in a local file. It is uploaded before the order.</summary>
    /// <param name="path">A PNG, JPEG, WebP or GIF. Which one is told by its first bytes, not by its name.</param>
    /// <returns>The input. The file is looked at when the input is used; one that is missing or no image is refused then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static ImageInput FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new LocalImageFile(path);
    }

    /// <summary>An image in memory. It is uploaded before the order.</summary>
    /// <param name="bytes">A PNG, JPEG, WebP or GIF; copied.</param>
    /// <returns>The input.</returns>
    public static ImageInput FromBytes(ReadOnlySpan<byte> bytes) => new LocalImageBytes(bytes.ToArray());

    /// <summary>An image in a stream, from its present position. It is uploaded before the order.</summary>
    /// <param name="stream">
    /// A PNG, JPEG, WebP or GIF. It stays the caller's, who keeps it open and unread until the order is placed and
    /// disposes it afterwards. A stream that cannot seek is copied once to a temporary file.
    /// </param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be read.</exception>
    public static ImageInput FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanRead
            ? new LocalImageStream(stream)
            : throw new ArgumentException("The stream cannot be read; is it closed already?", nameof(stream));
    }
}
