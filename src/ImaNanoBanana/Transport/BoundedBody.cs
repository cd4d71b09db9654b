using System.Buffers;

namespace ImaNanoBanana.Transport;

/// <summary>Reads a whole body into memory, up to a limit, under the caller's deadline.</summary>
internal static class BoundedBody
{
    /// <summary>8 MiB: several times the largest product list seen.</summary>
    public const int MaxJsonBytes = 8 * 1024 * 1024;

    /// <exception cref="InvalidDataException">The body is longer than <paramref name="limit"/> bytes.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var body = new ArrayBufferWriter<byte>();
        await ReadAsync(content, limit, body, cancellationToken).ConfigureAwait(false);
        return body.WrittenSpan.ToArray();
    }

    /// <summary>The same; what came before a failure is in <paramref name="body"/>.</summary>
    /// <exception cref="InvalidDataException">The body is longer than <paramref name="limit"/> bytes.</exception>
    public static async Task ReadAsync(HttpContent content, int limit, ArrayBufferWriter<byte> body, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > limit)
        {
            throw TooLong(limit);
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (true)
            {
                var count = await stream.ReadAsync(body.GetMemory(4096), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    return;
                }

                body.Advance(count);
                if (body.WrittenCount > limit)
                {
                    throw TooLong(limit);
                }
            }
        }
    }

    private static InvalidDataException TooLong(int limit) => new($"The answer is longer than {limit} bytes.");
}
