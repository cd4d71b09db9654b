namespace ImaNanoBanana.Transport;

/// <summary>A masked body, which who reads it whole need not copy: it is the answer's own, and written no more.</summary>
internal sealed class MaskedStream(ArraySegment<byte> body) : MemoryStream(body.Array!, body.Offset, body.Count, writable: false)
{
    public ArraySegment<byte> Body => body;
}
