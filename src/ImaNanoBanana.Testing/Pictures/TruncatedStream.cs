namespace ImaNanoBanana.Testing;

/// <summary>The first half of a body, and then what a socket says when the connection ends too early.</summary>
internal sealed class TruncatedStream(byte[] body) : MemoryStream(body, 0, body.Length / 2, writable: false)
{
    /// <summary>The other ways to read a derived memory stream end here.</summary>
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, count) is > 0 and var read
        ? read
        : throw new HttpIOException(HttpRequestError.ResponseEnded, "The simulator was told to end this answer in the middle.");
}
