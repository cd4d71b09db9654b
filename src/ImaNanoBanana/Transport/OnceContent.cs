using System.Net;
using System.Net.Http.Headers;

namespace ImaNanoBanana.Transport;

/// <summary>Content with the API key. It is written once, so that no redirect or retry below carries it elsewhere.</summary>
internal sealed class OnceContent : HttpContent
{
    private readonly byte[] _bytes;
    private int _isWritten;

    public OnceContent(byte[] bytes, string mediaType)
    {
        _bytes = bytes;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isWritten, 1) != 0)
        {
            throw new InvalidOperationException(
                "A request with the API key was about to be sent a second time by a redirect or a retry of the app's own primary handler.");
        }

        await stream.WriteAsync(_bytes, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
