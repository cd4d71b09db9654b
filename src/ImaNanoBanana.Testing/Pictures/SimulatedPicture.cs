using System.Net;
using System.Net.Http.Headers;

namespace ImaNanoBanana.Testing;

/// <summary>
/// Provides the image of a simulated task, painted while it is read. The same request produces the same image. A corrupt image is the
/// first half of its file, in a response that is complete.
/// </summary>
internal sealed class SimulatedPicture : HttpContent
{
    private readonly int _width;
    private readonly int _height;
    private readonly PicturePainter _painter;
    private readonly bool _isCorrupt;

    public SimulatedPicture(SimulatedSubmission submission, string path, IReadOnlyList<Thumbnail> inputs, bool isCorrupt)
    {
        _isCorrupt = isCorrupt;
        (_width, _height) = PictureSize.FromSubmission(submission);
        _painter = new PicturePainter(_width, _height, submission.Prompt, path[(path.LastIndexOf('/') + 1)..], inputs);
        Headers.ContentType = new MediaTypeHeaderValue("image/png");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!_isCorrupt)
        {
            await PngWriter.WriteAsync(stream, _width, _height, _painter.FillRow, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var whole = new MemoryStream();
        await PngWriter.WriteAsync(whole, _width, _height, _painter.FillRow, cancellationToken).ConfigureAwait(false);
        await stream.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2), cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
