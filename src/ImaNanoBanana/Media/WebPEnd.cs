using System.Buffers.Binary;

namespace ImaNanoBanana.Media;

/// <summary>Reads the length of a WebP from its header.</summary>
internal sealed class WebPEnd : ImageEnd
{
    private const int LengthAt = 4;

    private readonly byte[] _length = new byte[4];
    private int _count;

    public WebPEnd() => Skip(LengthAt);

    protected override int Read(ReadOnlySpan<byte> bytes)
    {
        _length[_count++] = bytes[0];
        if (_count == _length.Length)
        {
            IsAtEnd = true;
            Skip(BinaryPrimitives.ReadUInt32LittleEndian(_length));
        }

        return 1;
    }
}
