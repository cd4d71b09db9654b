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

    private Place _place = Place.Data;
    private int _length;

    public JpegEnd() => Skip(StartLength);

    private enum Place
    {
        /// <summary>In a scan or before a marker, until the next prefix.</summary>
        Data,

        /// <summary>After a prefix.</summary>
        Marker,
        HighLength,
        LowLength,
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
            default:
                _length |= bytes[0];
                IsBroken = _length < 2;
                _place = Place.Data;
                Skip(_length - 2);
                return 1;
        }
    }

    private void ReadMarker(byte marker)
    {
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
