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

    /// <summary>An image in a local file.</summary>
    /// <param name="path">A PNG, JPEG, WebP or GIF. Which one is told by its first bytes, not by its name.</param>
    /// <returns>The input. The file is looked at when the input is used; one that is missing or no image is refused then.</returns>
    /// <remarks>This version quotes requests with local files and refuses to start them: uploading is not part of it yet.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> is null.</exception>
    public static ImageInput FromFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new LocalImageFile(path);
    }
}
