using System.Buffers.Binary;
using System.IO.Compression;

namespace ImaNanoBanana.Testing;

/// <summary>Reads PNGs of 8-bit grey, RGB or RGBA without interlacing, row by row, into a thumbnail.</summary>
internal static class PngReader
{
    private const int LargestSide = 16_384;
    private const int FirstChunk = 8;
    private const int ChunkOverhead = 12;

    /// <returns>Whether the data is a complete PNG of this kind.</returns>
    public static bool TryShrink(ReadOnlyMemory<byte> png, int size, byte[] rgb)
    {
        try
        {
            return Shrink(png, size, rgb);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or EndOfStreamException or ArgumentOutOfRangeException or OverflowException)
        {
            return false;
        }
    }

    private static bool Shrink(ReadOnlyMemory<byte> png, int size, byte[] rgb)
    {
        var header = png.Span[FirstChunk..];
        if (header.Length < 25 || !header[4..].StartsWith("IHDR"u8) || header[16] != 8 || header[20] != 0)
        {
            return false;
        }

        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header[8..]), BinaryPrimitives.ReadInt32BigEndian(header[12..]));
        var channels = header[17] switch
        {
            0 => 1,
            2 => 3,
            6 => 4,
            _ => 0,
        };
        if (channels == 0 || width is < 1 or > LargestSide || height is < 1 or > LargestSide)
        {
            return false;
        }

        using var rows = new ZLibStream(Data(png), CompressionMode.Decompress);
        var (row, previous) = (new byte[1 + (width * channels)], new byte[1 + (width * channels)]);
        for (var y = 0; y < height; y++)
        {
            rows.ReadExactly(row);
            Unfilter(row, previous, channels);
            for (
                var small = y * size / height; small < size && small * height / size <= y && y < ((small + 1) * height / size) + 1; small++)
            {
                for (var x = 0; x < size; x++)
                {
                    var pixel = row.AsSpan(1 + (x * width / size * channels), channels);
                    for (var channel = 0; channel < 3; channel++)
                    {
                        rgb[(((small * size) + x) * 3) + channel] = pixel[channels == 1 ? 0 : channel];
                    }
                }
            }

            (row, previous) = (previous, row);
        }

        return true;
    }

    private static MemoryStream Data(ReadOnlyMemory<byte> png)
    {
        var data = new MemoryStream();
        for (var at = FirstChunk; at + ChunkOverhead <= png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.Span[at..]);
            if (length < 0 || at + ChunkOverhead + (long)length > png.Length)
            {
                break;
            }

            if (png.Span[(at + 4)..].StartsWith("IDAT"u8))
            {
                data.Write(png.Span.Slice(at + 8, length));
            }

            at += ChunkOverhead + length;
        }

        data.Position = 0;
        return data;
    }

    private static void Unfilter(byte[] row, byte[] previous, int channels)
    {
        for (var index = 1; index < row.Length; index++)
        {
            int left = index > channels ? row[index - channels] : 0;
            int up = previous[index];
            int corner = index > channels ? previous[index - channels] : 0;
            row[index] += (byte)(row[0] switch
            {
                0 => 0,
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => throw new InvalidDataException("A PNG row has an unknown filter."),
            });
        }
    }

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - corner - corner));
        if (toLeft <= toUp && toLeft <= toCorner)
        {
            return left;
        }

        if (toUp <= toCorner)
        {
            return up;
        }

        return corner;
    }
}
