namespace ImaNanoBanana.Media;

/// <summary>Detects the media type of an image from its first bytes. The file name is ignored. Pure.</summary>
internal static class MediaTypeSniffer
{
    /// <summary>The number of first bytes that is enough to detect every type.</summary>
    public const int BytesNeeded = 12;

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    /// <returns>The media type, or null if the image is not a PNG, JPEG, WebP or GIF.</returns>
    public static string? MediaType(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith(Png))
        {
            return "image/png";
        }

        if (start.StartsWith(Jpeg))
        {
            return "image/jpeg";
        }

        if (start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8))
        {
            return "image/gif";
        }

        if (start.Length >= BytesNeeded && start.StartsWith("RIFF"u8) && start[8..].StartsWith("WEBP"u8))
        {
            return "image/webp";
        }

        return null;
    }
}
