using System.Net;

namespace ImaNanoBanana.Transport;

/// <summary>The body of an answer with the key masked. It is read when somebody asks for it, whole and up to the limit of answers.</summary>
internal sealed class MaskedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly KeyMask _mask;

    public MaskedContent(HttpContent inner, KeyMask mask)
    {
        _inner = inner;
        _mask = mask;
        foreach (var (name, values) in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }

        mask.In(Headers);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        await stream.WriteAsync((await BytesAsync(cancellationToken).ConfigureAwait(false)).AsMemory(), cancellationToken).ConfigureAwait(false);

    protected override Task<Stream> CreateContentReadStreamAsync() => CreateContentReadStreamAsync(CancellationToken.None);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new MaskedStream(await BytesAsync(cancellationToken).ConfigureAwait(false));

    protected override bool TryComputeLength(out long length)
    {
        // Masking keeps the length.
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<ArraySegment<byte>> BytesAsync(CancellationToken cancellationToken)
    {
        var body = await BoundedBody.ReadAsync(_inner, BoundedBody.MaxJsonBytes, cancellationToken).ConfigureAwait(false);
        _mask.In(body.AsSpan());
        return body;
    }
}
