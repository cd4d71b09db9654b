namespace ImaNanoBanana.Media;

/// <summary>Names, by their first bytes, files in formats that are often mistaken for supported images. Pure.</summary>
internal static class UnsupportedFormat
{
    /// <summary>
    /// The number of first bytes that is enough to detect every format. An SVG may have comments before its first element.
    /// </summary>
    public const int BytesNeeded = 1024;

    private const int BrandAt = 8;
    private const int BrandLength = 4;

    /// <returns>The name of the format with an article, or null if the format is unknown.</returns>
    public static string? Name(ReadOnlySpan<byte> start)
    {
        if (IsMediaContainer(start))
        {
            return DescribeBrand(start.Slice(BrandAt, BrandLength));
        }

        if (start.StartsWith("%PDF-"u8))
        {
            return "a PDF document";
        }

        if (start.StartsWith("BM"u8) && start.Length > 14)
        {
            return "a BMP image";
        }

        if (start.StartsWith("II*\0"u8) || start.StartsWith("MM\0*"u8))
        {
            return "a TIFF image";
        }

        if (start.StartsWith("8BPS"u8))
        {
            return "a Photoshop image";
        }

        if (start.StartsWith<byte>([0, 0, 1, 0]))
        {
            return "an ICO image";
        }

        if (start.StartsWith<byte>([0xFF, 0x0A]) || IsJpegXl(start))
        {
            return "a JPEG XL image";
        }

        if (IsSvg(start))
        {
            return "an SVG image";
        }

        return null;
    }

    private static bool IsMediaContainer(ReadOnlySpan<byte> start) =>
        start.Length >= BrandAt + BrandLength && start[4..].StartsWith("ftyp"u8);

    private static string DescribeBrand(ReadOnlySpan<byte> brand)
    {
        if (brand.StartsWith("avi"u8))
        {
            return "an AVIF image";
        }

        if (brand.StartsWith("he"u8) || brand.StartsWith("mif1"u8) || brand.StartsWith("msf1"u8))
        {
            return "a HEIC image";
        }

        return "a video";
    }

    private static bool IsJpegXl(ReadOnlySpan<byte> start) => start.Length >= BrandAt && start[4..].StartsWith("JXL "u8);

    private static bool IsSvg(ReadOnlySpan<byte> start)
    {
        var text = start.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? start[3..] : start;
        text = text.TrimStart(" \t\r\n"u8);
        return text.StartsWith("<"u8) && text.IndexOf("<svg"u8) >= 0;
    }
}
