namespace ImaNanoBanana.Testing;

/// <summary>Returns the first half of a body and then fails as a socket does when the connection ends too early.</summary>
internal sealed class TruncatedStream(byte[] body) : MemoryStream(body, 0, body.Length / 2, writable: false)
{
    /// <summary>All other read methods of a memory stream call this one in a derived class.</summary>
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, count) is > 0 and var read
        ? read
        : throw new HttpIOException(HttpRequestError.ResponseEnded, "A scripted fault ended this response in the middle.");
}
