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
        if (content.Headers.ContentLength > limit)
        {
            throw TooLong(limit);
        }

        var body = new ArrayBufferWriter<byte>();
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (true)
            {
                var count = await stream.ReadAsync(body.GetMemory(4096), cancellationToken).ConfigureAwait(false);
                if (count == 0)
                {
                    return body.WrittenSpan.ToArray();
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
