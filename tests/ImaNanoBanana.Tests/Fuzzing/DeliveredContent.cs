using System.Net;

namespace ImaNanoBanana.Tests.Fuzzing;

/// <summary>The body of an answer, with a length that is true, missing or absurd, and an end that may never arrive.</summary>
internal sealed class DeliveredContent : HttpContent
{
    private const long AbsurdLength = 9L * 1024 * 1024 * 1024;

    private readonly byte[] _body;
    private readonly Delivery _delivery;

    public DeliveredContent(byte[] body, Delivery delivery)
    {
        _body = body;
        _delivery = delivery;
        if (delivery == Delivery.SaysTooLong)
        {
            Headers.ContentLength = AbsurdLength;
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult(Open());

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => Open().CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return _delivery == Delivery.Whole;
    }

    private Stream Open() => _delivery == Delivery.CutOff ? new LostStream(_body) : new MemoryStream(_body, writable: false);

    /// <summary>Ends with an error instead of the end.</summary>
    private sealed class LostStream(byte[] body) : MemoryStream(body, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length
                ? base.ReadAsync(buffer, cancellationToken)
                : ValueTask.FromException<int>(new IOException("The connection was lost."));
    }
}
