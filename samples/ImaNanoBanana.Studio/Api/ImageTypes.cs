namespace ImaNanoBanana.Studio.Api;

/// <summary>The types of images that the studio accepts and serves. Pure.</summary>
internal static class ImageTypes
{
    private const string Png = "image/png";
    private const string Jpeg = "image/jpeg";
    private const string WebP = "image/webp";

    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegStart => [0xFF, 0xD8, 0xFF];

    public static IReadOnlyList<string> All { get; } = [Png, Jpeg, WebP];

    /// <returns>The type that the first bytes show; null for everything that is not accepted.</returns>
    public static string? Recognize(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(PngStart))
        {
            return Png;
        }

        if (bytes.StartsWith(JpegStart))
        {
            return Jpeg;
        }

        var isWebP = bytes.Length >= 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8);
        return isWebP ? WebP : null;
    }

    public static string ExtensionOf(string mediaType) => mediaType switch
    {
        Png => ".png",
        Jpeg => ".jpg",
        WebP => ".webp",
        _ => "",
    };
}
