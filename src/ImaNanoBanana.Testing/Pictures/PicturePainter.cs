using System.Security.Cryptography;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Paints a simulated image row by row: a sky, a sun and hills in colours that are derived from the prompt, and the prompt's first
/// words. For an edit, the sky contains framed mosaics of the source images.
/// </summary>
internal sealed class PicturePainter
{
    private const int LongestLine = 24;
    private const int Skies = 64;

    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _seed;
    private readonly string _words;
    private readonly int[] _farHill;
    private readonly int[] _nearHill;
    private readonly IReadOnlyList<Thumbnail> _inputs;

    public PicturePainter(int width, int height, string prompt, string number, IReadOnlyList<Thumbnail> inputs)
    {
        (_width, _height, _inputs) = (width, height, inputs);
        _seed = SHA256.HashData(Encoding.UTF8.GetBytes(prompt + "\n" + number));
        _words = PixelFont.FirstWords(prompt, LongestLine);
        _farHill = Ridge(0.62, 5, _seed[11]);
        _nearHill = Ridge(0.80, 7, _seed[12]);
    }

    public void FillRow(int y, byte[] row)
    {
        Span<byte> sky = stackalloc byte[3];
        Span<byte> far = stackalloc byte[3];
        Span<byte> near = stackalloc byte[3];
        var band = y * Skies / _height / (double)Skies;
        Shade(0, 1.0 - (0.5 * band), sky);
        Shade(1, 0.68 - (0.2 * band), far);
        Shade(2, 0.46 - (0.2 * band), near);
        for (var x = 0; x < _width; x++)
        {
            (y >= _nearHill[x] ? near : y >= _farHill[x] ? far : sky).CopyTo(row.AsSpan(x * 3));
        }

        PaintSun(y, row);
        PaintInputs(y, row);
        PaintWords(y, row);
    }

    private int[] Ridge(double level, double waves, byte phase) =>
        [.. Enumerable.Range(0, _width).Select(x => (int)(_height * (level + (0.08 * Math.Sin(((double)x / _width * waves) + phase)))))];

    private void Shade(int layer, double light, Span<byte> colour)
    {
        for (var channel = 0; channel < 3; channel++)
        {
            colour[channel] = (byte)(light * (96 + (_seed[(layer * 3) + channel] * 0.62)));
        }
    }

    private void PaintSun(int y, byte[] row)
    {
        var radius = Math.Min(_width, _height) * 0.12;
        var (centreX, centreY) = (_width * (0.25 + (_seed[9] / 512.0)), _height * (0.2 + (_seed[10] / 1024.0)));
        var half = Math.Sqrt(Math.Max(0, (radius * radius) - ((y - centreY) * (y - centreY))));
        for (var x = (int)Math.Max(0, centreX - half); half > 0 && x < Math.Min(_width, centreX + half) && y < _farHill[x]; x++)
        {
            (row[x * 3], row[(x * 3) + 1], row[(x * 3) + 2]) = (255, 221, 87);
        }
    }

    /// <summary>The source images of an edit, side by side at the top left, each in a white frame.</summary>
    private void PaintInputs(int y, byte[] row)
    {
        const int Frame = 1;
        var scale = Math.Max(1, Math.Min(_width / Math.Max(1, _inputs.Count), _height) / 2 / (Thumbnail.Size + (2 * Frame)));
        var small = (y / scale) - 2;
        if (small is < 0 or >= Thumbnail.Size + (2 * Frame))
        {
            return;
        }

        var side = Thumbnail.Size + (2 * Frame);
        for (var x = 0; x < _width; x++)
        {
            var column = (x / scale) - 2;
            var (index, inside) = (column / (side + 2), column % (side + 2));
            if (column < 0 || index >= _inputs.Count || inside >= side)
            {
                continue;
            }

            var isFrame = small < Frame || small >= side - Frame || inside < Frame || inside >= side - Frame;
            for (var channel = 0; channel < 3; channel++)
            {
                row[(x * 3) + channel] = isFrame ? (byte)255 : _inputs[index].Pixel(inside - Frame, small - Frame)[channel];
            }
        }
    }

    private void PaintWords(int y, byte[] row)
    {
        var scale = Math.Max(1, _width / ((LongestLine + 2) * (PixelFont.Width + 1)));
        var line = (y - (_height - ((PixelFont.Height + 3) * scale))) / scale;
        if (_words.Length == 0 || line is < 0 or >= PixelFont.Height)
        {
            return;
        }

        for (var column = 0; column < _words.Length * (PixelFont.Width + 1); column++)
        {
            if (PixelFont.HasPixel(_words[column / (PixelFont.Width + 1)], column % (PixelFont.Width + 1), line))
            {
                var start = (column + PixelFont.Width) * scale * 3;
                row.AsSpan(Math.Min(start, row.Length), Math.Min(scale * 3, Math.Max(0, row.Length - start))).Fill(255);
            }
        }
    }
}
