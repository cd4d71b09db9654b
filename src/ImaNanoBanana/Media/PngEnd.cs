using System.Buffers.Binary;

namespace ImaNanoBanana.Media;

/// <summary>Follows the chunks of a PNG to its <c>IEND</c>.</summary>
internal sealed class PngEnd : ImageEnd
{
    private const int SignatureLength = 8;
    private const int HeadLength = 8;
    private const int ChecksumLength = 4;

    private readonly byte[] _head = new byte[HeadLength];
    private int _count;

    public PngEnd() => Skip(SignatureLength);

    protected override int Read(ReadOnlySpan<byte> bytes)
    {
        _head[_count++] = bytes[0];
        if (_count == HeadLength)
        {
            _count = 0;
            var length = BinaryPrimitives.ReadUInt32BigEndian(_head);
            var type = _head.AsSpan(4);
            IsBroken = length > int.MaxValue || !IsName(type);
            IsAtEnd = type.SequenceEqual("IEND"u8);
            HasContentCredentials |= type.SequenceEqual(PngText.ContentCredentials);
            Skip(length + (long)ChecksumLength);
        }

        return 1;
    }

    private static bool IsName(ReadOnlySpan<byte> type)
    {
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return false;
            }
        }

        return true;
    }
}
