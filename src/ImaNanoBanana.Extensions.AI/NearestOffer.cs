using System.Drawing;
using System.Globalization;

namespace ImaNanoBanana;

/// <summary>
/// Finds the offered aspect ratio and size class that are nearest to a pixel size. Distance is measured as a factor: twice as wide
/// is as far as half as wide. The calculation uses whole numbers, so that ties are the same on every machine. Pure.
/// </summary>
internal static class NearestOffer
{
    private const int PixelsOf1K = 1024;
    private const int LargestEdge = 1 << 20;
    private const int LargestTerm = 100_000;

    /// <summary>If several are equally near, returns the first in the list.</summary>
    /// <returns>The nearest ratio, or null if no ratio in the list can be parsed.</returns>
    public static AspectRatio? Ratio(Size pixels, IEnumerable<AspectRatio> offered)
    {
        (AspectRatio Ratio, Factor Distance)? nearest = null;
        foreach (var ratio in offered)
        {
            if (Parts(ratio) is { } parts)
            {
                var distance = Factor.Between((UInt128)pixels.Width * parts.Height, (UInt128)pixels.Height * parts.Width);
                if (nearest is null || distance.IsLessThan(nearest.Value.Distance))
                {
                    nearest = (ratio, distance);
                }
            }
        }

        return nearest?.Ratio;
    }

    /// <summary>
    /// Compares the longer edge, which the names refer to: 1920x1080 is 2K and 3840x2160 is 4K. If two are equally near, returns the
    /// smaller one, which is not more expensive.
    /// </summary>
    /// <returns>The nearest size, or null if no size in the list can be parsed.</returns>
    public static ImageSize? SizeClass(Size pixels, IEnumerable<ImageSize> offered)
    {
        var longer = (uint)Math.Max(pixels.Width, pixels.Height);
        (ImageSize Size, Factor Distance)? nearest = null;
        foreach (
            var (size, edge) in offered.Select(
                size => (Size: size, Edge: Edge(size))).Where(offer => offer.Edge > 0).OrderBy(offer => offer.Edge))
        {
            var distance = Factor.Between(longer, edge);
            if (nearest is null || distance.IsLessThan(nearest.Value.Distance))
            {
                nearest = (size, distance);
            }
        }

        return nearest?.Size;
    }

    private static (uint Width, uint Height)? Parts(AspectRatio ratio) =>
        ratio.Value.Split(':') is [var width, var height] && Term(width) is > 0 and var wide && Term(height) is > 0 and var high
            ? (wide, high)
            : null;

    /// <returns>The number in thousandths, for ratios such as <c>2.35:1</c>; 0 if the text is not a number that a ratio could
    /// contain.</returns>
    private static uint Term(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var term) && term <= LargestTerm
            ? (uint)(term * 1000)
            : 0;

    /// <returns>The edge in pixels; 0 if the size cannot be parsed.</returns>
    private static uint Edge(ImageSize size)
    {
        var pixels = size.Value switch
        {
            [.. var number, 'K' or 'k'] => Whole(number) * PixelsOf1K,
            [.. var number, 'P' or 'p', 'X' or 'x'] => Whole(number),
            var number => Whole(number),
        };
        return pixels <= LargestEdge ? (uint)pixels : 0;
    }

    /// <returns>The number; 0 if the text is not a whole number.</returns>
    private static long Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>Represents the ratio of two numbers as a fraction of 1 or more.</summary>
    private readonly record struct Factor(UInt128 Larger, UInt128 Smaller)
    {
        public static Factor Between(UInt128 one, UInt128 other) => one > other ? new(one, other) : new(other, one);

        public bool IsLessThan(Factor other) => Larger * other.Smaller < other.Larger * Smaller;
    }
}
