namespace ImaNanoBanana;

/// <summary>An image that is ready (wire contract, section 3). A value; it holds an address, not the bytes.</summary>
/// <param name="Url">
/// The address of the image, as the service wrote it (<see cref="Uri.OriginalString"/>). No key is needed to read it,
/// and none must be sent there.
/// </param>
public sealed record GeneratedImage(Uri Url)
{
    /// <summary>Whether the address is <c>https</c>. A plain <c>http</c> one is handed over too, because the image is paid for.</summary>
    public bool IsSecure => Url is { IsAbsoluteUri: true } && Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>The address of a small preview, where the service gave one.</summary>
    public Uri? CoverUrl { get; init; }

    /// <summary>Width in pixels as the service reports it, or null. Not measured from the file.</summary>
    public int? Width { get; init; }

    /// <summary>Height in pixels as the service reports it, or null. Not measured from the file.</summary>
    public int? Height { get; init; }

    /// <summary>The file format as the service reports it, for example <c>png</c>, or null.</summary>
    public string? Format { get; init; }

    /// <summary>The ratio that was ordered, where it is known; a download compares the image with it.</summary>
    public AspectRatio? RequestedAspectRatio { get; init; }

    /// <summary>The size class that was ordered, where it is known; a download compares the image with it.</summary>
    public ImageSize? RequestedSize { get; init; }
}
