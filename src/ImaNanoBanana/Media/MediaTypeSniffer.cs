namespace ImaNanoBanana.Media;

/// <summary>Tells the kind of an image from its first bytes, whatever its file name says (careful client, section 4). Pure.</summary>
internal static class MediaTypeSniffer
{
    /// <summary>How many first bytes tell every kind.</summary>
    public const int BytesNeeded = 12;

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    /// <returns>The media type; null when it is no PNG, JPEG, WebP or GIF.</returns>
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
