using System.Security.Cryptography;

namespace ImaNanoBanana.Testing;

/// <summary>A small copy of an image, 32 by 32 RGB pixels, which the simulator keeps of an upload.</summary>
internal sealed class Thumbnail
{
    public const int Size = 32;

    private readonly byte[] _pixels;

    private Thumbnail(byte[] pixels) => _pixels = pixels;

    /// <summary>All pixels, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels;

    public ReadOnlySpan<byte> Pixel(int x, int y) => _pixels.AsSpan(((y * Size) + x) * 3, 3);

    /// <summary>
    /// Scales down a PNG that the simulator can read. For any other image, and for an image of which only the URL is known, creates a
    /// mosaic that is derived from its bytes, so the same input always gives the same mosaic.
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

    /// <returns>The thumbnail with these pixels, or null if their number is wrong.</returns>
    public static Thumbnail? FromPixels(byte[] pixels) => pixels.Length == Size * Size * 3 ? new Thumbnail(pixels) : null;

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
