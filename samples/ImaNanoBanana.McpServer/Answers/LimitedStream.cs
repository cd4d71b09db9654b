namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Memory for one image up to a limit. What is larger cancels its download instead of being kept.</summary>
internal sealed class LimitedStream(long limit, CancellationTokenSource tooLarge) : MemoryStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position + buffer.Length > limit)
        {
            await tooLarge.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }

        await base.WriteAsync(buffer, cancellationToken);
    }
}
