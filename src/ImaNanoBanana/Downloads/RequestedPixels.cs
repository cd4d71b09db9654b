using System.Globalization;

namespace ImaNanoBanana.Downloads;

/// <summary>Compares the pixels of an image with the size class and the aspect ratio that were submitted. Pure.</summary>
internal static class RequestedPixels
{
    /// <summary>3 %. The deviation from rounding to whole blocks of pixels is well below this.</summary>
    private const double RatioTolerance = 0.03;

    /// <summary>
    /// A size class has four times the pixels of the next smaller class. Within a class, the aspect ratios differ by a few percent.
    /// </summary>
    private const double SizeTolerance = 2;

    private const int PixelsPerK = 1024;

    /// <returns>Whether the image has the submitted aspect ratio; null if that ratio is unknown.</returns>
    public static bool? HaveRatio(AspectRatio? requested, int width, int height) =>
        Ratio(requested) is { } ratio ? Math.Abs(((double)width / height / ratio) - 1) <= RatioTolerance : null;

    /// <returns>Whether the number of pixels fits the size class; null if the size class is unknown.</returns>
    public static bool? HaveSize(ImageSize? requested, int width, int height)
    {
        if (Edge(requested?.Value) is not { } edge)
        {
            return null;
        }

        var share = (double)width * height / ((double)edge * edge);
        return share is >= 1 / SizeTolerance and <= SizeTolerance;
    }

    /// <returns>The edge length, in pixels, of a square image of the size class.</returns>
    private static int? Edge(string? size)
    {
        var digits = size?.TakeWhile(char.IsAsciiDigit).Count() ?? 0;
        if (digits is 0 or > 5)
        {
            return null;
        }

        var number = int.Parse(size.AsSpan(0, digits), CultureInfo.InvariantCulture);
        return (number, size![digits..].Trim().ToUpperInvariant()) switch
        {
            (0, _) => null,
            (_, "" or "PX") => number,
            (_, "K") => number * PixelsPerK,
            _ => null,
        };
    }

    private static double? Ratio(AspectRatio? requested)
    {
        var parts = requested?.Value.Split(':') ?? [];
        return parts.Length == 2
            && double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var width)
            && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var height)
            && width > 0 && height > 0
                ? width / height
                : null;
    }
}
