namespace ImaNanoBanana.Media;

/// <summary>
/// Follows the segments and the scans of a JPEG to its end marker. A preview within a segment has a separate end marker, which is
/// skipped.
/// </summary>
internal sealed class JpegEnd : ImageEnd
{
    private const int StartLength = 2;
    private const byte Prefix = 0xFF;
    private const byte EndMarker = 0xD9;

    /// <summary>The segment APP11, which holds boxes such as content credentials.</summary>
    private const byte BoxMarker = 0xEB;

    /// <summary>The kind of the box: after the identifier, instance, number, and the heads of the box and of its description.</summary>
    private const int BoxKindAt = 24;

    private readonly byte[] _box = new byte[BoxKindAt + 4];

    private Place _place = Place.Data;
    private int _length;
    private byte _marker;
    private int _boxCount;

    public JpegEnd() => Skip(StartLength);

    private enum Place
    {
        /// <summary>In a scan or before a marker, until the next prefix.</summary>
        Data,

        /// <summary>After a prefix.</summary>
        Marker,
        HighLength,
        LowLength,

        /// <summary>In the head of a box.</summary>
        Box,
    }

    protected override int Read(ReadOnlySpan<byte> bytes)
    {
        switch (_place)
        {
            case Place.Data:
                var prefix = bytes.IndexOf(Prefix);
                if (prefix < 0)
                {
                    return bytes.Length;
                }

                _place = Place.Marker;
                return prefix + 1;
            case Place.Marker:
                ReadMarker(bytes[0]);
                return 1;
            case Place.HighLength:
                _length = bytes[0] << 8;
                _place = Place.LowLength;
                return 1;
            case Place.Box:
                return ReadBox(bytes);
            default:
                _length |= bytes[0];
                IsBroken = _length < 2;
                _place = Place.Data;
                if (_marker == BoxMarker && _length - 2 >= _box.Length)
                {
                    (_place, _boxCount) = (Place.Box, 0);
                }
                else
                {
                    Skip(_length - 2);
                }

                return 1;
        }
    }

    private int ReadBox(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(bytes.Length, _box.Length - _boxCount);
        bytes[..count].CopyTo(_box.AsSpan(_boxCount));
        _boxCount += count;
        if (_boxCount == _box.Length)
        {
            HasContentCredentials |= _box.AsSpan().StartsWith("JP"u8) && _box.AsSpan(BoxKindAt).SequenceEqual("c2pa"u8);
            _place = Place.Data;
            Skip(_length - 2 - _box.Length);
        }

        return count;
    }

    private void ReadMarker(byte marker)
    {
        _marker = marker;
        switch (marker)
        {
            case EndMarker:
                IsAtEnd = true;
                break;
            case Prefix:
                // Prefixes can be repeated.
                break;
            case 0x00 or 0x01 or (>= 0xD0 and <= 0xD8):
                // A byte of a scan that is not a marker, or a marker without a length.
                _place = Place.Data;
                break;
            default:
                _place = Place.HighLength;
                break;
        }
    }
}
