using System.Buffers.Binary;

namespace ImaNanoBanana.Media;

/// <summary>
/// Reads the length of a WebP from its header. The chunks are followed as well, but they never change where the image ends.
/// </summary>
internal sealed class WebPEnd : ImageEnd
{
    private const int LengthAt = 4;
    private const int NameLength = 4;
    private const int HeadLength = 8;

    private readonly byte[] _head = new byte[HeadLength];
    private int _count;

    /// <summary>The bytes until the end of the image; null before its length is known.</summary>
    private long? _left;

    public WebPEnd() => Skip(LengthAt);

    protected override int Read(ReadOnlySpan<byte> bytes)
    {
        _head[_count++] = bytes[0];
        if (_left is null && _count == LengthAt)
        {
            _left = BinaryPrimitives.ReadUInt32LittleEndian(_head);
            Next(NameLength);
        }
        else if (_count == HeadLength)
        {
            HasContentCredentials |= _head.AsSpan(0, NameLength).SequenceEqual("C2PA"u8);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(_head.AsSpan(NameLength));
            _left -= HeadLength;

            // Chunks have an even length.
            Next(length + (length % 2L));
        }

        return 1;
    }

    /// <summary>Skips to the next chunk, or to the end of the image if no other chunk can follow.</summary>
    private void Next(long count)
    {
        _count = 0;
        var left = _left!.Value;
        IsAtEnd = left - count < HeadLength;
        Skip(IsAtEnd ? left : count);
        _left = left - count;
    }
}
