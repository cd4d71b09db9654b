using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Uploads;

/// <summary>The content of a PUT: opens its image anew whenever it is written, so that a repetition sends it whole.</summary>
internal sealed class LocalImageContent : HttpContent
{
    private const int BlockSize = 256 * 1024;

    private readonly InputDetails _image;
    private readonly StallWatch _stall;

    /// <param name="image">The image as it was looked at; what is another one by now is not sent.</param>
    /// <param name="stall">Told when a block is about to be written, and so the one before it is gone.</param>
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
                // Every block has its own time, the last one's lasting until the answer.
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
