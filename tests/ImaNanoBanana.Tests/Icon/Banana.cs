namespace ImaNanoBanana.Tests.Icon;

/// <summary>The packages' icon: a banana around an arc of a circle, in polar coordinates, smoothed by points within each pixel.</summary>
internal static class Banana
{
    public const int Size = 128;

    private const int PointsPerSide = 4;
    private const double CentreX = 84;
    private const double CentreY = 31;
    private const double Radius = 60;
    private const double FirstAngle = 64 * Math.PI / 180;
    private const double LastAngle = 206 * Math.PI / 180;
    private const double StemStart = 0.86;

    private static readonly byte[] Background = [0x1F, 0x6F, 0x78];
    private static readonly byte[] Outline = [0x5A, 0x3A, 0x12];
    private static readonly byte[] Ends = [0x6B, 0x47, 0x1C];
    private static readonly byte[] Peel = [0xFF, 0xD9, 0x3B];
    private static readonly byte[] Light = [0xFF, 0xEF, 0x9A];
    private static readonly byte[] Shade = [0xE8, 0xA9, 0x1C];

    public static void FillRow(int y, byte[] row)
    {
        for (var x = 0; x < Size; x++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                row[(x * 3) + channel] = (byte)Points(x, y).Average(point => Colour(point.X, point.Y)[channel]);
            }
        }
    }

    private static IEnumerable<(double X, double Y)> Points(int x, int y) =>
        from index in Enumerable.Range(0, PointsPerSide * PointsPerSide)
        select (x + (((index % PointsPerSide) + 0.5) / PointsPerSide), y + (((index / PointsPerSide) + 0.5) / PointsPerSide));

    private static byte[] Colour(double x, double y)
    {
        var (right, down) = (x - CentreX, y - CentreY);
        var angle = Math.Atan2(down, right);
        var along = ((angle < 0 ? angle + (2 * Math.PI) : angle) - FirstAngle) / (LastAngle - FirstAngle);
        if (along is < 0 or > 1)
        {
            return Background;
        }

        var halfWidth = HalfWidth(along);
        var outward = Math.Sqrt((right * right) + (down * down)) - Radius;
        if (Math.Abs(outward) > halfWidth)
        {
            return Background;
        }

        return along is < 0.05 or > 0.93 ? Ends
            : Math.Abs(outward) > halfWidth - 2.4 ? Outline
            : outward > 0.42 * halfWidth ? Shade
            : along is > 0.16 and < 0.72 && outward / halfWidth is > -0.62 and < -0.38 ? Light
            : Peel;
    }

    /// <summary>Thick in the middle, thin at the tip, narrowing to a stem.</summary>
    private static double HalfWidth(double along) => along > StemStart
        ? 4.3 + (7.7 * Math.Pow(1 - ((along - StemStart) / (1 - StemStart)), 1.6))
        : 21 * Math.Pow(Math.Sin(Math.PI * (0.06 + (0.8 * along / StemStart))), 0.75);
}
