using System.Drawing;
using System.Globalization;

namespace ImaNanoBanana;

/// <summary>
/// The ratio and the size class on offer that are nearest to pixels. Near is meant by factors: twice as wide is as far as half
/// as wide. Reckoned in whole numbers, so that a tie is a tie on every machine. Pure.
/// </summary>
internal static class NearestOffer
{
    private const int PixelsOf1K = 1024;
    private const int LargestEdge = 1 << 20;
    private const int LargestTerm = 100_000;

    /// <summary>Of equally near ones the first in the list.</summary>
    /// <returns>Null where no ratio of the list can be read.</returns>
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
    /// By the longer edge, which the names go by: 1920x1080 is 2K and 3840x2160 is 4K. Of equally near ones the smaller, which is
    /// no dearer.
    /// </summary>
    /// <returns>Null where no size of the list can be read.</returns>
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

    /// <returns>In thousandths, for the likes of <c>2.35:1</c>; 0 where the text is no number that a ratio would have.</returns>
    private static uint Term(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var term) && term <= LargestTerm
            ? (uint)(term * 1000)
            : 0;

    /// <returns>In pixels; 0 where the size cannot be read.</returns>
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

    /// <returns>0 where the text is no whole number.</returns>
    private static long Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>How many times one number is another, as a fraction of 1 or more.</summary>
    private readonly record struct Factor(UInt128 Larger, UInt128 Smaller)
    {
        public static Factor Between(UInt128 one, UInt128 other) => one > other ? new(one, other) : new(other, one);

        public bool IsLessThan(Factor other) => Larger * other.Smaller < other.Larger * Smaller;
    }
}
