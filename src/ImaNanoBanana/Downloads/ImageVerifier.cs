using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ImaNanoBanana.Media;

namespace ImaNanoBanana.Downloads;

/// <summary>Verifies the bytes of one image while they are received, and describes the image at the end. Not thread-safe.</summary>
/// <param name="hashes">Whether the bytes are hashed.</param>
internal sealed class ImageVerifier(bool hashes) : IDisposable
{
    private readonly IncrementalHash? _hash = hashes ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private readonly MemoryStream _start = new();
    private ImageEnd? _end;

    public long Length { get; private set; }

    /// <summary>Adds the next bytes. They are hashed separately, by <see cref="HashAsync"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (_start.Length < ImageHeader.BytesNeeded)
        {
            _start.Write(bytes[..(int)Math.Min(bytes.Length, ImageHeader.BytesNeeded - _start.Length)]);
        }

        if (_end is null && MediaTypeSniffer.MediaType(Start) is { } mediaType)
        {
            // The bytes before were too few to detect the media type.
            _end = ImageEnd.FromMediaType(mediaType);
            _end.Add(Start[..(int)(Length - bytes.Length)]);
        }

        _end?.Add(bytes);
    }

    /// <summary>
    /// Adds the next bytes to the hash, if there is one. The caller must not change them until the task completes. Only one call at a
    /// time.
    /// </summary>
    public Task HashAsync(ReadOnlyMemory<byte> bytes) =>
        _hash is { } hash ? Task.Run(() => hash.AppendData(bytes.Span)) : Task.CompletedTask;

    /// <summary>Gets whether the bytes so far can be the start of an image.</summary>
    public bool CanBeImage =>
        Length < MediaTypeSniffer.BytesNeeded || MediaTypeSniffer.MediaType(Start) is not null;

    private ReadOnlySpan<byte> Start => _start.GetBuffer().AsSpan(0, (int)_start.Length);

    /// <returns>The description of the image.</returns>
    /// <exception cref="InvalidDataException">The bytes are not an image, or the image is incomplete.</exception>
    [SuppressMessage("Globalization", "CA1308", Justification = "Hexadecimal digits, in the case that checksum tools print.")]
    public ImageDownload Finish(GeneratedImage image)
    {
        var header = ImageHeader.Read(Start) ?? throw new InvalidDataException("the content is not a PNG, JPEG, WebP or GIF image");
        if (_end is not { IsFound: true })
        {
            throw new InvalidDataException("the image is cut off");
        }

        return new ImageDownload
        {
            MediaType = header.MediaType,
            Width = header.Width,
            Height = header.Height,
            Length = Length,
            Sha256 = _hash is { } hash ? Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant() : null,
            MatchesRequestedAspectRatio = RequestedPixels.HaveRatio(image.RequestedAspectRatio, header.Width, header.Height),
            MatchesRequestedSize = RequestedPixels.HaveSize(image.RequestedSize, header.Width, header.Height),
            HasContentCredentials = _end.HasContentCredentials,
            MatchesReportedFormat = ImageFile.MediaType(image.Format ?? "") is { } announced ? announced == header.MediaType : null,
        };
    }

    public void Dispose()
    {
        _hash?.Dispose();
        _start.Dispose();
    }
}
