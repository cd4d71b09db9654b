using System.Globalization;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Draws sixels as a terminal does.</summary>
internal static class SixelReader
{
    /// <returns>Red, green and blue of each pixel that was drawn, from 0 to 255.</returns>
    public static Dictionary<(int X, int Y), int[]> Read(string text, out (int Width, int Height) size)
    {
        var picture = Regex.Match(text, "\\x1bPq\"1;1;(\\d+);(\\d+)(.*?)\\x1b\\\\", RegexOptions.Singleline);
        Assert.True(picture.Success, text);
        size = (Number(picture.Groups[1].Value), Number(picture.Groups[2].Value));
        var (pixels, colors, color) = (new Dictionary<(int X, int Y), int[]>(), new Dictionary<int, int[]>(), 0);
        var (x, top) = (0, 0);
        foreach (Match token in Regex.Matches(
            picture.Groups[3].Value, @"#(\d+);2;(\d+);(\d+);(\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|([$])|(-)"))
        {
            if (token.Groups[1].Success)
            {
                colors[Number(token.Groups[1].Value)] =
                    [.. Enumerable.Range(2, 3).Select(group => Number(token.Groups[group].Value) * 255 / 100)];
            }
            else if (token.Groups[5].Success)
            {
                color = Number(token.Groups[5].Value);
            }
            else if (token.Groups[9].Success)
            {
                x = 0;
            }
            else if (token.Groups[10].Success)
            {
                (x, top) = (0, top + 6);
            }
            else
            {
                var (count, column) = token.Groups[6].Success
                    ? (Number(token.Groups[6].Value), token.Groups[7].Value[0])
                    : (1, token.Groups[8].Value[0]);
                for (var end = x + count; x < end; x++)
                {
                    Draw(pixels, colors[color], x, top, column - '?');
                }
            }
        }

        return pixels;
    }

    private static void Draw(Dictionary<(int X, int Y), int[]> pixels, int[] color, int x, int top, int bits)
    {
        foreach (var row in Enumerable.Range(0, 6).Where(row => (bits & (1 << row)) != 0))
        {
            Assert.True(pixels.TryAdd((x, top + row), color), "A pixel has two colors.");
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
