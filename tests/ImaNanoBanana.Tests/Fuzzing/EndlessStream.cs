namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>A body with a valid start and no end; it counts the bytes that are read.</summary>
internal sealed class EndlessStream(byte[] start, Action<int> onTaken) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Fill(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Fill(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Fill(Span<byte> buffer)
    {
        buffer.Fill((byte)'x');
        if (_position < start.Length)
        {
            var first = start.AsSpan((int)_position);
            first[..Math.Min(first.Length, buffer.Length)].CopyTo(buffer);
        }

        _position += buffer.Length;
        onTaken(buffer.Length);
        return buffer.Length;
    }
}
