using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace ImaNanoBanana.Media;

/// <summary>Creates text chunks of a PNG, and finds the place for them. Changes no other chunk.</summary>
internal static class PngText
{
    private const int SignatureLength = 8;
    private const int HeadLength = 8;
    private const int ChecksumLength = 4;
    private const int BlockSize = 64 * 1024;

    /// <summary>The chunk that holds content credentials (C2PA).</summary>
    public static ReadOnlySpan<byte> ContentCredentials => "caBX"u8;

    /// <summary>Creates an <c>iTXt</c> chunk that is not compressed.</summary>
    /// <param name="keyword">1 to 79 ASCII characters.</param>
    /// <param name="text">The text. Null characters, which a PNG does not allow, are left out.</param>
    public static byte[] Chunk(string keyword, string text)
    {
        // After the end of the keyword: not compressed, no method, no language, no translated keyword.
        var encoded = Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal));
        byte[] data = [.. Encoding.ASCII.GetBytes(keyword), 0, 0, 0, 0, 0, .. encoded];
        var chunk = new byte[HeadLength + data.Length + ChecksumLength];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        "iTXt"u8.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(HeadLength));
        var checksum = Crc32.HashToUInt32(chunk.AsSpan(4, 4 + data.Length));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(HeadLength + data.Length), checksum);
        return chunk;
    }

    /// <summary>Finds the end chunk of a PNG.</summary>
    /// <param name="image">A stream that can seek.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The position of the end chunk, null if there is none; and whether the image has content credentials.</returns>
    public static async Task<(long? End, bool HasContentCredentials)> FindEndAsync(Stream image, CancellationToken cancellationToken)
    {
        var head = new byte[HeadLength];
        var hasCredentials = false;
        for (long position = SignatureLength; position <= image.Length - HeadLength;)
        {
            image.Position = position;
            await image.ReadExactlyAsync(head, cancellationToken).ConfigureAwait(false);
            var type = head.AsSpan(4);
            if (type.SequenceEqual("IEND"u8))
            {
                return (position, hasCredentials);
            }

            hasCredentials |= type.SequenceEqual(ContentCredentials);
            position += HeadLength + (long)BinaryPrimitives.ReadUInt32BigEndian(head) + ChecksumLength;
        }

        return (null, hasCredentials);
    }

    /// <summary>Inserts bytes. What follows them is moved from its end on, so that nothing is overwritten before it is read.</summary>
    /// <param name="file">A stream that can read, write and seek.</param>
    /// <param name="position">Where to insert.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellationToken">Cancels the work; the stream is then incomplete.</param>
    public static async Task InsertAsync(Stream file, long position, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var block = new byte[BlockSize];
        for (var end = file.Length; end > position;)
        {
            var count = (int)Math.Min(block.Length, end - position);
            end -= count;
            file.Position = end;
            await file.ReadExactlyAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            file.Position = end + bytes.Length;
            await file.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
        }

        file.Position = position;
        await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }
}
