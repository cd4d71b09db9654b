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
    public bool? HasOrderedAspectRatio { get; init; }

    /// <summary>Where it was saved; null when it went into a stream.</summary>
    public string? Path { get; init; }
}
