using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>Represents an image that is ready. Immutable; it holds the URL of the image, not its bytes.</summary>
/// <param name="Url">
/// The URL of the image, exactly as the service returned it (<see cref="Uri.OriginalString"/>). Reading it needs no API key,
/// and the API key must not be sent to it.
/// </param>
[JsonConverter(typeof(ImageResultsJsonConverter))]
public sealed record GeneratedImage(Uri Url)
{
    /// <summary>
    /// Gets whether the URL is <c>https</c>. An image with a plain <c>http</c> URL is delivered too, because it is charged.
    /// </summary>
    public bool IsSecure => Url is { IsAbsoluteUri: true } && Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>The URL of a small preview; null if the service returned none.</summary>
    public Uri? CoverUrl { get; init; }

    /// <summary>The width in pixels as the service reports it, or null. It is not measured from the file.</summary>
    public int? Width { get; init; }

    /// <summary>The height in pixels as the service reports it, or null. It is not measured from the file.</summary>
    public int? Height { get; init; }

    /// <summary>The file format as the service reports it, for example <c>png</c>, or null.</summary>
    public string? Format { get; init; }

    /// <summary>The aspect ratio that was submitted, or null if it is unknown. A download compares the image with it.</summary>
    public AspectRatio? RequestedAspectRatio { get; init; }

    /// <summary>The size class that was submitted, or null if it is unknown. A download compares the image with it.</summary>
    public ImageSize? RequestedSize { get; init; }
}
