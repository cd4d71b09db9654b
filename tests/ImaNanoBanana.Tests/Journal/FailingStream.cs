namespace ImaNanoBanana.Tests.Journal;

/// <summary>An image that can be read once.</summary>
internal sealed class FailingStream() : MemoryStream([0xFF, 0xD8, 0xFF, 0xE0])
{
    private int _starts;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Position == 0 && ++_starts > 1
            ? throw new IOException("The cable was pulled.")
            : await base.ReadAsync(buffer, cancellationToken);
}
