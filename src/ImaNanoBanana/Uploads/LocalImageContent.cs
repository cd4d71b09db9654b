using System.Buffers;
using System.Net;
using System.Net.Http.Headers;

namespace ImaNanoBanana.Uploads;

/// <summary>The content of a PUT: opens its image anew whenever it is written, so that a repetition sends it whole.</summary>
internal sealed class LocalImageContent : HttpContent
{
    private const int BlockSize = 256 * 1024;

    private readonly LocalImage _image;
    private readonly long _length;
    private readonly Action _onProgress;

    /// <param name="image">The image.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="mediaType">What the token was asked for.</param>
    /// <param name="onProgress">Called when a block is about to be written, and so the one before it is gone.</param>
    public LocalImageContent(LocalImage image, long length, string mediaType, Action onProgress)
    {
        _image = image;
        _length = length;
        _onProgress = onProgress;
        Headers.ContentType = new MediaTypeHeaderValue(mediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var source = await _image.OpenAsync(_length, cancellationToken).ConfigureAwait(false);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            int count;
            while ((count = await source.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
            {
                // Every block has its own time, the last one's lasting until the answer.
                _onProgress();
                await stream.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }
}
