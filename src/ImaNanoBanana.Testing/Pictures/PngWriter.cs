using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ImaNanoBanana.Testing;

/// <summary>Writes a PNG of 8-bit RGB row by row, so that a complete image is never held in memory.</summary>
internal static class PngWriter
{
    private const int BytesPerPixel = 3;
    private const int LargestChunk = 64 * 1024;

    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="output">The stream to write to. It stays open.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="fillRow">Fills the row with this number, three bytes per pixel.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public static async Task WriteAsync(
        Stream output, int width, int height, Action<int, byte[]> fillRow, CancellationToken cancellationToken)
    {
        await output.WriteAsync(Signature, cancellationToken).ConfigureAwait(false);
        await WriteChunkAsync(output, "IHDR"u8.ToArray(), Header(width, height), cancellationToken).ConfigureAwait(false);

        using var compressed = new MemoryStream();
        var zlib = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true);
        await using (zlib.ConfigureAwait(false))
        {
            var row = new byte[width * BytesPerPixel];
            var previous = new byte[row.Length];
            var filtered = new byte[1 + row.Length];
            for (var y = 0; y < height; y++)
            {
                fillRow(y, row);
                Filter(row, previous, filtered);
                zlib.Write(filtered);
                (row, previous) = (previous, row);
                if (compressed.Length >= LargestChunk)
                {
                    await FlushAsync(output, compressed, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        await FlushAsync(output, compressed, cancellationToken).ConfigureAwait(false);
        await WriteChunkAsync(output, "IEND"u8.ToArray(), ReadOnlyMemory<byte>.Empty, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Applies the filter "up": smooth images become long runs of small numbers, which compress well.</summary>
    private static void Filter(byte[] row, byte[] previous, byte[] filtered)
    {
        filtered[0] = 2;
        for (var index = 0; index < row.Length; index++)
        {
            filtered[index + 1] = (byte)(row[index] - previous[index]);
        }
    }

    private static byte[] Header(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8; // bits per channel
        header[9] = 2; // RGB
        return header;
    }

    private static async Task FlushAsync(Stream output, MemoryStream compressed, CancellationToken cancellationToken)
    {
        await WriteChunkAsync(output, "IDAT"u8.ToArray(), compressed.GetBuffer().AsMemory(0, (int)compressed.Length), cancellationToken)
            .ConfigureAwait(false);
        compressed.SetLength(0);
    }

    private static async Task WriteChunkAsync(Stream output, byte[] type, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var word = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        await output.WriteAsync(word, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(type, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(data, cancellationToken).ConfigureAwait(false);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data.Span);
        BinaryPrimitives.WriteUInt32BigEndian(word, checksum.GetCurrentHashAsUInt32());
        await output.WriteAsync(word, cancellationToken).ConfigureAwait(false);
    }
}
