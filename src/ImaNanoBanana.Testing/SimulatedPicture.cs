using System.Net;
using System.Net.Http.Headers;

namespace ImaNanoBanana.Testing;

/// <summary>The picture of a simulated task, painted while it is read. The same order gives the same picture.</summary>
internal sealed class SimulatedPicture : HttpContent
{
    private readonly int _width;
    private readonly int _height;
    private readonly PicturePainter _painter;

    public SimulatedPicture(SimulatedOrder order, string path, IReadOnlyList<Thumbnail> inputs)
    {
        (_width, _height) = PictureSize.Of(order);
        _painter = new PicturePainter(_width, _height, order.Prompt, path[(path.LastIndexOf('/') + 1)..], inputs);
        Headers.ContentType = new MediaTypeHeaderValue("image/png");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        PngWriter.WriteAsync(stream, _width, _height, _painter.FillRow, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
