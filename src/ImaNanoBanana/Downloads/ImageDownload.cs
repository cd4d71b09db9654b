namespace ImaNanoBanana;

/// <summary>A downloaded and verified image: what the bytes themselves say. A value.</summary>
public sealed record ImageDownload
{
    /// <summary>The media type by the first bytes: <c>image/png</c>, <c>image/jpeg</c>, <c>image/webp</c> or <c>image/gif</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>Width in pixels, from the image's own header.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels, from the image's own header.</summary>
    public required int Height { get; init; }

    /// <summary>Length in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>The SHA-256 of the bytes, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>
    /// Whether width to height is within 3 % of the ratio that was ordered; null where that is not known. False means
    /// that the service delivered another shape than the one paid for.
    /// </summary>
    public bool? MatchesRequestedAspectRatio { get; init; }

    /// <summary>
    /// Whether the image has about as many pixels as the ordered size class: between half and double of a square of 512, 1024,
    /// 2048 or 4096 pixels. Null where the class is not known. False means that another size was delivered than the one paid for.
    /// </summary>
    public bool? MatchesRequestedSize { get; init; }

    /// <summary>
    /// Whether <see cref="MediaType"/> is the format that the service names (<see cref="GeneratedImage.Format"/>); null where
    /// it names none.
    /// </summary>
    public bool? HasAnnouncedFormat { get; init; }

    /// <summary>
    /// Whether the extension of <see cref="Path"/> says what the file holds. False for a JPEG under a name that ends in
    /// <c>.png</c>: a name that was given is kept. Null where nothing was saved, or the extension names no image format.
    /// </summary>
    public bool? HasExtensionOfMediaType { get; init; }

    /// <summary>Where it was saved; null when it went into a stream.</summary>
    public string? Path { get; init; }
}
