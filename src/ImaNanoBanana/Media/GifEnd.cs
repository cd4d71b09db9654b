namespace ImaNanoBanana.Media;

/// <summary>Follows the blocks of a GIF to its trailer.</summary>
internal sealed class GifEnd : ImageEnd
{
    private const int FlagsAt = 10;
    private const int RestOfScreen = 2;
    private const int PlaceAndSize = 8;
    private const byte Extension = 0x21;
    private const byte Picture = 0x2C;
    private const byte Trailer = 0x3B;

    private Place _place = Place.ScreenFlags;

    public GifEnd()
    {
        HasContentCredentials = null;
        Skip(FlagsAt);
    }

    private enum Place
    {
        ScreenFlags,
        Block,
        ExtensionLabel,
        PictureFlags,
        CodeSize,

        /// <summary>The length of a part of a block; 0 ends the block.</summary>
        PartLength,
    }

    protected override int Read(ReadOnlySpan<byte> bytes)
    {
        var value = bytes[0];
        switch (_place)
        {
            case Place.ScreenFlags:
                Skip(RestOfScreen + TableLength(value));
                _place = Place.Block;
                break;
            case Place.Block:
                ReadBlock(value);
                break;
            case Place.PictureFlags:
                Skip(TableLength(value));
                _place = Place.CodeSize;
                break;
            case Place.PartLength:
                Skip(value);
                _place = value == 0 ? Place.Block : Place.PartLength;
                break;
            default:
                _place = Place.PartLength;
                break;
        }

        return 1;
    }

    private void ReadBlock(byte value)
    {
        switch (value)
        {
            case Extension:
                _place = Place.ExtensionLabel;
                break;
            case Picture:
                Skip(PlaceAndSize);
                _place = Place.PictureFlags;
                break;
            case Trailer:
                IsAtEnd = true;
                break;
            default:
                // Some encoders write zeros between blocks.
                IsBroken = value != 0;
                break;
        }
    }

    private static int TableLength(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
}
