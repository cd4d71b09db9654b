namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Holds one image in memory up to a limit. A larger image cancels its download.</summary>
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
