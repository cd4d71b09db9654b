using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace ImaNanoBanana.Testing;

/// <summary>
/// The picture of a simulated task, drawn while it is read: a sky, a sun and hills in colours that follow from the
/// prompt. The same prompt gives the same picture.
/// </summary>
internal sealed class SimulatedPicture : HttpContent
{
    private readonly int _width;
    private readonly int _height;
    private readonly byte[] _seed;

    public SimulatedPicture(SimulatedOrder order, string path)
    {
        (_width, _height) = PictureSize.Of(order);
        var number = path[(path.LastIndexOf('/') + 1)..];
        _seed = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [order.Prompt, .. order.Images, number])));
        Headers.ContentType = new MediaTypeHeaderValue("image/png");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        PngWriter.WriteAsync(stream, _width, _height, FillRow, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private void FillRow(int y, byte[] row)
    {
        var down = (double)y / _height;
        var (sunX, sunY) = (_width * (0.25 + (_seed[9] / 512.0)), _height * (0.2 + (_seed[10] / 1024.0)));
        var sun = Math.Min(_width, _height) * 0.12;
        for (var x = 0; x < _width; x++)
        {
            var distance = Math.Sqrt(((x - sunX) * (x - sunX)) + ((y - sunY) * (y - sunY)));
            var right = (double)x / _width;
            var (colour, shade) = Hill(right, down) switch
            {
                0 when distance < sun => (-1, 1.0),
                0 => (0, 1.0 - (0.5 * down)),
                var hill => (hill, 0.9 - (0.22 * hill) - (0.2 * down)),
            };
            for (var channel = 0; channel < 3; channel++)
            {
                row[(x * 3) + channel] = colour < 0 ? SunColour(channel) : (byte)(shade * (96 + (_seed[(colour * 3) + channel] * 0.62)));
            }
        }
    }

    /// <summary>0 is the sky, 1 and 2 the hills from the far to the near one.</summary>
    private int Hill(double right, double down)
    {
        for (var hill = 2; hill >= 1; hill--)
        {
            var wave = Math.Sin((right * (3 + (2 * hill))) + _seed[10 + hill]) * 0.08;
            if (down > 0.42 + (0.2 * hill) + wave)
            {
                return hill;
            }
        }

        return 0;
    }

    private static byte SunColour(int channel) => channel switch
    {
        0 => 255,
        1 => 221,
        _ => 87,
    };
}
