using System.Buffers.Binary;

namespace ImaNanoBanana.Media;

/// <summary>Represents the properties of an image that its first bytes contain. Pure.</summary>
internal readonly record struct ImageHeader(string MediaType, int Width, int Height)
{
    /// <summary>Enough for a JPEG whose size follows a large preview.</summary>
    public const int BytesNeeded = 256 * 1024;

    /// <returns>The media type and the size in pixels, or null if the bytes are not an image or there are too few of them.</returns>
    public static ImageHeader? Read(ReadOnlySpan<byte> start) => MediaTypeSniffer.MediaType(start) switch
    {
        "image/png" when start.Length >= 24 && start[12..].StartsWith("IHDR"u8) =>
            Create("image/png", BinaryPrimitives.ReadUInt32BigEndian(start[16..]), BinaryPrimitives.ReadUInt32BigEndian(start[20..])),
        "image/gif" when start.Length >= 10 =>
            Create("image/gif", BinaryPrimitives.ReadUInt16LittleEndian(start[6..]), BinaryPrimitives.ReadUInt16LittleEndian(start[8..])),
        "image/webp" when start.Length >= 30 => WebP(start),
        "image/jpeg" => Jpeg(start),
        _ => null,
    };

    private static ImageHeader? Create(string mediaType, long width, long height) =>
        width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue ? new ImageHeader(mediaType, (int)width, (int)height) : null;

    private static ImageHeader? WebP(ReadOnlySpan<byte> start)
    {
        const int Bits14 = 0x3FFF;
        var chunk = start[12..16];
        if (chunk.SequenceEqual("VP8X"u8))
        {
            return Create("image/webp", UInt24(start[24..]) + 1, UInt24(start[27..]) + 1);
        }

        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(start[21..]);
            return Create("image/webp", (bits & Bits14) + 1, ((bits >> 14) & Bits14) + 1);
        }

        return chunk.SequenceEqual("VP8 "u8)
            ? Create(
                "image/webp",
                BinaryPrimitives.ReadUInt16LittleEndian(start[26..]) & Bits14,
                BinaryPrimitives.ReadUInt16LittleEndian(start[28..]) & Bits14)
            : null;
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);

    /// <summary>Follows the segments to the start of the frame, which contains the size.</summary>
    private static ImageHeader? Jpeg(ReadOnlySpan<byte> start)
    {
        for (var at = 2; at + 9 <= start.Length;)
        {
            if (start[at] != 0xFF)
            {
                return null;
            }

            var marker = start[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return Create(
                    "image/jpeg",
                    BinaryPrimitives.ReadUInt16BigEndian(start[(at + 7)..]),
                    BinaryPrimitives.ReadUInt16BigEndian(start[(at + 5)..]));
            }

            var hasNoLength = marker is 0x01 or (>= 0xD0 and <= 0xD8);
            at += hasNoLength ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(start[(at + 2)..]);
        }

        return null;
    }
}
