namespace ImaNanoBanana;

/// <summary>Describes a downloaded and verified image, based on its bytes. Immutable.</summary>
public sealed record ImageDownload
{
    /// <summary>
    /// The media type, detected from the first bytes: <c>image/png</c>, <c>image/jpeg</c>, <c>image/webp</c> or <c>image/gif</c>.
    /// </summary>
    public required string MediaType { get; init; }

    /// <summary>The width in pixels, read from the header of the image.</summary>
    public required int Width { get; init; }

    /// <summary>The height in pixels, read from the header of the image.</summary>
    public required int Height { get; init; }

    /// <summary>The length in bytes; of the saved file, if a request was embedded in it.</summary>
    public required long Length { get; init; }

    /// <summary>
    /// The SHA-256 hash of the bytes as 64 lower-case hexadecimal digits; of the saved file, if a request was embedded in it. Null if
    /// <see cref="ImaNanoBananaOptions.HashDownloads"/> is false.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>
    /// Whether the ratio of width to height is within 3 % of the submitted aspect ratio; null if that ratio is unknown. False means
    /// that the service delivered a different shape than the one that was charged.
    /// </summary>
    public bool? MatchesRequestedAspectRatio { get; init; }

    /// <summary>
    /// Whether the number of pixels fits the submitted size class: between half and double the pixels of a square with an edge of
    /// 512, 1024, 2048 or 4096 pixels. Null if the size class is unknown. False means that the service delivered a different size
    /// than the one that was charged.
    /// </summary>
    public bool? MatchesRequestedSize { get; init; }

    /// <summary>
    /// Whether <see cref="MediaType"/> is the format that the service reports (<see cref="GeneratedImage.Format"/>); null if the
    /// service reports none.
    /// </summary>
    public bool? MatchesReportedFormat { get; init; }

    /// <summary>
    /// Whether the extension of <see cref="Path"/> matches the content of the file. False, for example, for a JPEG whose name ends
    /// in <c>.png</c>, because the SDK keeps the name that you specify. Null if nothing was saved or if the extension is not that of
    /// an image format.
    /// </summary>
    public bool? ExtensionMatchesMediaType { get; init; }

    /// <summary>
    /// Whether the image contains content credentials (C2PA), which say how it was made: a <c>caBX</c> chunk of a PNG, a <c>C2PA</c> chunk
    /// of a WebP, or an APP11 segment of a JPEG. They are kept byte for byte and not verified. Null for a GIF, which is not examined.
    /// </summary>
    public bool? HasContentCredentials { get; init; }

    /// <summary>Whether the file contains the request, and if not, why.</summary>
    public RequestEmbedding RequestEmbedding { get; init; }

    /// <summary>The path of the saved file; null if the image was written to a stream.</summary>
    public string? Path { get; init; }
}
