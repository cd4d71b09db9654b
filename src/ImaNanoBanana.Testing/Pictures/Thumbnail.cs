using System.Security.Cryptography;

namespace ImaNanoBanana.Testing;

/// <summary>A small copy of an image, 32 by 32 pixels of RGB: what the simulator remembers of an upload.</summary>
internal sealed class Thumbnail
{
    public const int Size = 32;

    private readonly byte[] _pixels;

    private Thumbnail(byte[] pixels) => _pixels = pixels;

    public ReadOnlySpan<byte> Pixel(int x, int y) => _pixels.AsSpan(((y * Size) + x) * 3, 3);

    /// <summary>
    /// A PNG that the simulator can read is made small. Of any other image, and of one that is only known by its address,
    /// a mosaic that follows from its bytes: the same image always looks the same.
    /// </summary>
    public static Thumbnail FromBytes(ReadOnlyMemory<byte> image)
    {
        var pixels = new byte[Size * Size * 3];
        if (!PngReader.TryShrink(image, Size, pixels))
        {
            Mosaic(SHA256.HashData(image.Span), pixels);
        }

        return new Thumbnail(pixels);
    }

    private static void Mosaic(byte[] hash, byte[] pixels)
    {
        const int Tiles = 4;
        for (var index = 0; index < pixels.Length; index++)
        {
            var (x, y, channel) = (index / 3 % Size, index / 3 / Size, index % 3);
            var tile = (y * Tiles / Size * Tiles) + (x * Tiles / Size);
            pixels[index] = hash[((tile * 3) + channel) % hash.Length];
        }
    }
}
