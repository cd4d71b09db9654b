namespace ImaNanoBanana.Transport;

/// <summary>Reads a complete body into memory, up to a limit, under the caller's deadline. Not thread-safe.</summary>
internal sealed class BoundedBody(int limit)
{
    /// <summary>8 MiB: several times the largest product list seen.</summary>
    public const int MaxJsonBytes = 8 * 1024 * 1024;

    /// <summary>A length that is not announced, or is announced as longer than this, is determined while reading.</summary>
    private const int LongestAnnounced = 1024 * 1024;

    private const int Usual = 1024;

    private byte[] _bytes = [];
    private int _count;

    /// <summary>The bytes that were received so far, also if reading failed. They belong to the caller.</summary>
    public ArraySegment<byte> Bytes => new(_bytes, 0, _count);

    /// <exception cref="InvalidDataException">The body is longer than <paramref name="limit"/> bytes.</exception>
    public static async Task<ArraySegment<byte>> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        var body = new BoundedBody(limit);
        await body.ReadAsync(content, cancellationToken).ConfigureAwait(false);
        return body.Bytes;
    }

    /// <exception cref="InvalidDataException">The body is longer than the limit.</exception>
    public async Task ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength;
        if (announced > limit)
        {
            throw TooLong();
        }

        // With one spare byte, the end is detected without growing the array.
        _bytes = GC.AllocateUninitializedArray<byte>((announced is <= LongestAnnounced and { } length ? (int)length : Usual) + 1);
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int count;
            while ((count = await stream.ReadAsync(_bytes.AsMemory(_count), cancellationToken).ConfigureAwait(false)) > 0)
            {
                _count += count;
                if (_count > limit)
                {
                    throw TooLong();
                }

                if (_count == _bytes.Length)
                {
                    Array.Resize(ref _bytes, 2 * _count);
                }
            }
        }
    }

    private InvalidDataException TooLong() => new($"The response is longer than {limit} bytes.");
}
