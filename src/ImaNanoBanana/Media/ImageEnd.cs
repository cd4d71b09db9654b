namespace ImaNanoBanana.Media;

/// <summary>
/// Finds the end of an image by its structure, while its bytes pass in blocks of any length. What comes after the end (a line
/// break, padding, motion data) belongs to the file and says nothing about the image. Not thread-safe.
/// </summary>
internal abstract class ImageEnd
{
    private long _skip;

    /// <summary>Whether the end has passed.</summary>
    public bool IsFound { get; private protected set; }

    /// <summary>Whether the structure is broken, so that no end can be found.</summary>
    protected bool IsBroken { get; set; }

    /// <param name="mediaType">The media type by the first bytes.</param>
    public static ImageEnd FromMediaType(string mediaType) => mediaType switch
    {
        "image/png" => new PngEnd(),
        "image/jpeg" => new JpegEnd(),
        "image/gif" => new GifEnd(),
        _ => new WebPEnd(),
    };

    /// <summary>The next bytes.</summary>
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

    /// <summary>Whether nothing comes after the bytes that were to be skipped.</summary>
    protected bool IsAtEnd { get; set; }

    /// <summary>So many bytes are of no interest.</summary>
    protected void Skip(long count) => _skip = count;

    /// <param name="bytes">At least one.</param>
    /// <returns>How many of them were read, at least one.</returns>
    protected abstract int Read(ReadOnlySpan<byte> bytes);
}
