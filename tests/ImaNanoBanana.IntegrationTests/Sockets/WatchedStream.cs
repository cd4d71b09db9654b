namespace ImaNanoBanana.IntegrationTests.Sockets;

/// <summary>A client connection whose reads a test can observe and hold.</summary>
internal sealed class WatchedStream(Stream inner) : Stream
{
    private long _total;

    /// <summary>Runs before each read, with the bytes read so far.</summary>
    public Func<long, CancellationToken, Task> OnReading { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Runs after each read, before its bytes reach the client.</summary>
    public Func<CancellationToken, Task> OnRead { get; init; } = static _ => Task.CompletedTask;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await OnReading(_total, cancellationToken);
        var count = await inner.ReadAsync(buffer, cancellationToken);
        await OnRead(cancellationToken);
        _total += count;
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
