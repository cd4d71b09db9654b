using System.Text.Json.Serialization;
using ImaNanoBanana.Requests;

namespace ImaNanoBanana;

/// <summary>Represents a source image. Immutable; several requests may use it at the same time.</summary>
/// <remarks>
/// The JSON of an image with a URL contains the URL. A local image has no JSON (<see cref="NotSupportedException"/>): upload it with
/// <see cref="IImaImageClient.UploadAsync"/> first.
/// </remarks>
[JsonConverter(typeof(ImageRequestsJsonConverter))]
public abstract class ImageInput
{
    private protected ImageInput()
    {
    }

    /// <summary>
    /// Creates an input from an image at a public URL. The URL is passed to the service unchanged; the SDK does not read the image.
    /// </summary>
    /// <param name="url">An <c>https</c> URL with a host and without a user name; sent exactly as written.</param>
    /// <returns>The input. Any other kind of URL is rejected when the input is used.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is null.</exception>
    public static ImageInput FromUrl(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new ImageAddress(url);
    }

    /// <summary>Creates an input from an image at a public URL, like <see cref="FromUrl(string)"/>.</summary>
    /// <param name="url">An <c>https</c> URL; sent as <see cref="Uri.OriginalString"/>.</param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is null.</exception>
    public static ImageInput FromUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new ImageAddress(url.OriginalString);
    }

    /// <summary>Creates an input from a local image file. The file is uploaded before the request is submitted.</summary>
    /// <param name="path">A PNG, JPEG, WebP or GIF file. The format is detected from its first bytes, not from its name.</param>
    /// <returns>
    /// The input. The file is read when the input is used. A file that is missing or is not an image is rejected at that time.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static ImageInput FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new LocalImageFile(path);
    }

    /// <summary>Creates an input from an image in memory. The image is uploaded before the request is submitted.</summary>
    /// <param name="bytes">A PNG, JPEG, WebP or GIF image; the bytes are copied.</param>
    /// <returns>The input.</returns>
    public static ImageInput FromBytes(ReadOnlySpan<byte> bytes) => new LocalImageBytes(bytes.ToArray());

    /// <summary>
    /// Creates an input from an image in a stream, starting at the current position. The image is uploaded before the request is
    /// submitted.
    /// </summary>
    /// <param name="stream">
    /// A PNG, JPEG, WebP or GIF image. The caller owns the stream, must keep it open and must not read from it until the request is
    /// submitted, and disposes it afterwards. A stream that cannot seek is copied once to a temporary file.
    /// </param>
    /// <returns>The input.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="stream"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be read.</exception>
    public static ImageInput FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanRead
            ? new LocalImageStream(stream)
            : throw new ArgumentException("The stream cannot be read. Is it already closed?", nameof(stream));
    }
}
