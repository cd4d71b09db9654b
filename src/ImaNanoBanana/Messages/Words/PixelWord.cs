using System.Globalization;

namespace ImaNanoBanana.Messages.Words;

/// <summary>
/// Reads a size in pixels, such as <c>1920x1080</c>. Models offer size classes and ratios only, so it comes close to both. Pure.
/// </summary>
internal static class PixelWord
{
    private static readonly (int Pixels, ImageSize Size)[] Classes =
        [(512, ImageSize.Size512), (1024, ImageSize.Size1K), (2048, ImageSize.Size2K), (4096, ImageSize.Size4K)];

    /// <returns>The word. Its choice is the size class that is large enough and, if models list it, the ratio.</returns>
    public static ChoiceWord Create(ReadOnlySpan<char> width, ReadOnlySpan<char> height)
    {
        var (across, down) = (int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture));
        var divisor = Divisor(across, down);
        var ratio = new AspectRatio(string.Create(CultureInfo.InvariantCulture, $"{across / divisor}:{down / divisor}"));
        var choice = new ImageChoice
        {
            Size = Class(Math.Max(across, down)),
            AspectRatio = ChoiceLexicon.IsOffered(ratio) ? ratio : null,
        };
        return new ChoiceWord(ChoiceWordKind.Near, choice);
    }

    private static ImageSize? Class(int pixels)
    {
        foreach (var (most, size) in Classes)
        {
            if (pixels <= most)
            {
                return size;
            }
        }

        return null;
    }

    private static int Divisor(int left, int right)
    {
        while (right != 0)
        {
            (left, right) = (right, left % right);
        }

        return left;
    }
}
