using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Encodes a PNG as sixels: strips of six rows, in each of which every color is drawn once. Pure.</summary>
internal static class SixelPicture
{
    /// <value>240 pixels: about as wide as 30 cells.</value>
    private const int Side = 240;

    private const int RowsOfStrip = 6;

    /// <value>6 levels of red, green and blue: 216 colors, fewer than the 256 that terminals have.</value>
    private const int Levels = 6;

    private const int Colors = Levels * Levels * Levels;

    /// <value>The character for a column without pixels; the six bits of a column are added to it.</value>
    private const char NoPixels = '?';

    /// <value>A repetition takes at least three characters, so shorter ones are written out.</value>
    private const int ShortestRepetition = 4;

    private const int WidthInHeader = 16;

    private const int HeightInHeader = 20;

    /// <returns>Null if the file is not a PNG of a usual kind.</returns>
    public static string? Encode(byte[] file)
    {
        var square = new byte[Side * Side * 3];
        if (!PngReader.TryShrink(file, Side, square))
        {
            return null;
        }

        var (width, height) = Shape(
            BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(WidthInHeader)),
            BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(HeightInHeader)));
        var pixels = Pixels(square, width, height);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"\u001bPq\"1;1;{width};{height}");
        for (var color = 0; color < Colors; color++)
        {
            text.Append(CultureInfo.InvariantCulture, $"#{color};2;{Percent(color / (Levels * Levels))};");
            text.Append(CultureInfo.InvariantCulture, $"{Percent(color / Levels % Levels)};{Percent(color % Levels)}");
        }

        for (var top = 0; top < height; top += RowsOfStrip)
        {
            AppendStrip(text, pixels, width, top, Math.Min(RowsOfStrip, height - top));
        }

        return text.Append("\u001b\\").ToString();
    }

    /// <summary>The longer side has the full length.</summary>
    private static (int Width, int Height) Shape(int width, int height) => width >= height
        ? (Side, Math.Max(1, (int)((long)Side * height / width)))
        : (Math.Max(1, (int)((long)Side * width / height)), Side);

    /// <returns>The color of each pixel, row by row.</returns>
    private static byte[] Pixels(byte[] square, int width, int height)
    {
        var pixels = new byte[width * height];
        for (var index = 0; index < pixels.Length; index++)
        {
            var (x, y) = (index % width * Side / width, index / width * Side / height);
            var rgb = square.AsSpan(((y * Side) + x) * 3, 3);
            pixels[index] = (byte)((((Level(rgb[0]) * Levels) + Level(rgb[1])) * Levels) + Level(rgb[2]));
        }

        return pixels;
    }

    private static void AppendStrip(StringBuilder text, byte[] pixels, int width, int top, int rows)
    {
        var strip = pixels.AsSpan(top * width, rows * width);
        for (var color = 0; color < Colors; color++)
        {
            if (!strip.Contains((byte)color))
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"#{color}");
            AppendColor(text, strip, width, rows, (byte)color);

            // Back to the left edge, for the next color of this strip.
            text.Append('$');
        }

        text.Append('-');
    }

    private static void AppendColor(StringBuilder text, ReadOnlySpan<byte> strip, int width, int rows, byte color)
    {
        var (last, count) = (NoPixels, 0);
        for (var x = 0; x < width; x++)
        {
            var column = NoPixels;
            for (var row = 0; row < rows; row++)
            {
                column += (char)(strip[(row * width) + x] == color ? 1 << row : 0);
            }

            if (column != last)
            {
                AppendRepeated(text, last, count);
                (last, count) = (column, 0);
            }

            count++;
        }

        AppendRepeated(text, last, count);
    }

    private static void AppendRepeated(StringBuilder text, char column, int count)
    {
        if (count < ShortestRepetition)
        {
            text.Append(column, count);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"!{count}{column}");
        }
    }

    private static int Level(byte value) => ((value * (Levels - 1)) + (byte.MaxValue / 2)) / byte.MaxValue;

    private static int Percent(int level) => level * 100 / (Levels - 1);
}
