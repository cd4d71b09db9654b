using System.Globalization;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Calculates width and height in pixels from a size class and an aspect ratio: the area of the class, in steps of 8 pixels.
/// </summary>
internal static class PictureSize
{
    public static (int Width, int Height) FromSubmission(SimulatedSubmission submission)
    {
        var edge = submission.Size switch
        {
            "512px" => 512,
            "2K" => 2048,
            "4K" => 4096,
            _ => 1024,
        };
        var parts = submission.AspectRatio.Split(':');
        var ratio = double.Parse(parts[0], CultureInfo.InvariantCulture) / double.Parse(parts[1], CultureInfo.InvariantCulture);
        return (Step(edge * Math.Sqrt(ratio)), Step(edge / Math.Sqrt(ratio)));
    }

    /// <summary>Whether a text is a ratio of two positive whole numbers, such as <c>16:9</c>.</summary>
    public static bool IsRatio(string text) =>
        text.Split(':') is [var width, var height] && IsSide(width) && IsSide(height);

    private static bool IsSide(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side > 0;

    private static int Step(double pixels) => Math.Max(8, (int)Math.Round(pixels / 8) * 8);
}
