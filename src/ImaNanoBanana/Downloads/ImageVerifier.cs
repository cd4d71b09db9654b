using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using ImaNanoBanana.Media;

namespace ImaNanoBanana.Downloads;

/// <summary>Sees the bytes of one image pass and says at the end what they were. Not thread-safe.</summary>
internal sealed class ImageVerifier : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream _start = new();
    private ImageEnd? _end;

    public long Length { get; private set; }

    /// <summary>The next bytes. They are hashed on their own, by <see cref="HashAsync"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Length += bytes.Length;
        if (_start.Length < ImageHeader.BytesNeeded)
        {
            _start.Write(bytes[..(int)Math.Min(bytes.Length, ImageHeader.BytesNeeded - _start.Length)]);
        }

        if (_end is null && MediaTypeSniffer.MediaType(Start) is { } mediaType)
        {
            // What came before was too short to tell the kind.
            _end = ImageEnd.FromMediaType(mediaType);
            _end.Add(Start[..(int)(Length - bytes.Length)]);
        }

        _end?.Add(bytes);
    }

    /// <summary>The next bytes once more, for the hash; they stay as they are until it is done. One call at a time.</summary>
    public Task HashAsync(ReadOnlyMemory<byte> bytes) => Task.Run(() => _hash.AppendData(bytes.Span));

    /// <summary>Whether the bytes so far can still become an image.</summary>
    public bool CanBeImage =>
        Length < MediaTypeSniffer.BytesNeeded || MediaTypeSniffer.MediaType(Start) is not null;

    private ReadOnlySpan<byte> Start => _start.GetBuffer().AsSpan(0, (int)_start.Length);

    /// <returns>What they were.</returns>
    /// <exception cref="InvalidDataException">The bytes are no image, or not a whole one.</exception>
    [SuppressMessage("Globalization", "CA1308", Justification = "Hexadecimal digits, in the case that checksum tools print.")]
    public ImageDownload Finish(GeneratedImage image)
    {
        var header = ImageHeader.Read(Start) ?? throw new InvalidDataException("what came is no PNG, JPEG, WebP or GIF");
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
            Sha256 = Convert.ToHexString(_hash.GetHashAndReset()).ToLowerInvariant(),
            MatchesRequestedAspectRatio = RequestedPixels.HaveRatio(image.RequestedAspectRatio, header.Width, header.Height),
            MatchesRequestedSize = RequestedPixels.HaveSize(image.RequestedSize, header.Width, header.Height),
            HasAnnouncedFormat = ImageFile.MediaType(image.Format ?? "") is { } announced ? announced == header.MediaType : null,
        };
    }

    public void Dispose()
    {
        _hash.Dispose();
        _start.Dispose();
    }
}
