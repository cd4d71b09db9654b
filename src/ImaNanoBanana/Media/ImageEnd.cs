namespace ImaNanoBanana.Media;

/// <summary>
/// Finds the end of an image by its structure while its bytes arrive in blocks of any length. Data after the end (a line break,
/// padding, motion data) belongs to the file and does not affect the image. Not thread-safe.
/// </summary>
internal abstract class ImageEnd
{
    private long _skip;

    /// <summary>Whether the end of the image has been read.</summary>
    public bool IsFound { get; private protected set; }

    /// <summary>
    /// Whether the image contains content credentials (C2PA), as far as it has been read; null if its format is not examined.
    /// </summary>
    public bool? HasContentCredentials { get; private protected set; } = false;

    /// <summary>Whether the structure is invalid, so that the end cannot be found.</summary>
    protected bool IsBroken { get; set; }

    /// <param name="mediaType">The media type according to the first bytes.</param>
    public static ImageEnd FromMediaType(string mediaType) => mediaType switch
    {
        "image/png" => new PngEnd(),
        "image/jpeg" => new JpegEnd(),
        "image/gif" => new GifEnd(),
        _ => new WebPEnd(),
    };

    /// <summary>Reads the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!IsFound && !IsBroken)
        {
            var skipped = (int)Math.Min(_skip, bytes.Length);
            bytes = bytes[skipped..];
            _skip -= skipped;
            if (_skip > 0)
            {
                return;
            }

            if (IsAtEnd)
            {
                IsFound = true;
                return;
            }

            if (bytes.IsEmpty)
            {
                return;
            }

            bytes = bytes[Read(bytes)..];
        }
    }

    /// <summary>Whether the image ends after the bytes to skip.</summary>
    protected bool IsAtEnd { get; set; }

    /// <summary>Skips a number of bytes.</summary>
    protected void Skip(long count) => _skip = count;

    /// <param name="bytes">At least one.</param>
    /// <returns>The number of bytes that were read, at least one.</returns>
    protected abstract int Read(ReadOnlySpan<byte> bytes);
}
