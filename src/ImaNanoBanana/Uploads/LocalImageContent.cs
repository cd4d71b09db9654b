using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Uploads;

/// <summary>
/// Represents the content of a PUT request. It opens the image again for every write, so that a retry sends the whole image.
/// </summary>
internal sealed class LocalImageContent : HttpContent
{
    private const int BlockSize = 256 * 1024;

    private readonly InputDetails _image;
    private readonly StallWatch _stall;

    /// <param name="image">The image as it was inspected. If it has changed since then, it is not sent.</param>
    /// <param name="stall">Receives progress before each block is written, because the previous block is sent by then.</param>
    public LocalImageContent(InputDetails image, StallWatch stall)
    {
        _image = image;
        _stall = stall;
        Headers.ContentType = new MediaTypeHeaderValue(image.MediaType!);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var source = await _image.Local!.OpenAsync(_image.Length, _stall, cancellationToken).ConfigureAwait(false);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            UnchangedImage.CheckOpened(_image, source);
            var count = await source.ReadAtLeastAsync(
                block, _image.Start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            UnchangedImage.CheckStart(_image, block.AsSpan(0, count));
            long sent = 0;
            while (count > 0 && (sent += count) <= _image.Length)
            {
                // Every block has its own time limit. The limit of the last block lasts until the response.
                _stall.Progressed();
                await stream.WriteAsync(block.AsMemory(0, count), cancellationToken).ConfigureAwait(false);
                count = await source.ReadAsync(block, cancellationToken).ConfigureAwait(false);
            }

            UnchangedImage.CheckRead(_image, source, sent);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _image.Length;
        return true;
    }
}
