namespace ImaNanoBanana.Transport;

/// <summary>
/// The body of an answer that the wire handler has read whole. Reading it back copies nothing: a product list has several 100
/// KB.
/// </summary>
internal sealed class AnswerContent(ArraySegment<byte> body) : ByteArrayContent(body.Array!, body.Offset, body.Count)
{
    private readonly ArraySegment<byte> _body = body;

    /// <returns>The bytes of a content, also of one that a handler of the app made.</returns>
    /// <exception cref="InvalidDataException">The body is longer than an answer may be.</exception>
    public static async ValueTask<ArraySegment<byte>> BytesAsync(HttpContent content, CancellationToken cancellationToken) =>
        content is AnswerContent whole
            ? whole._body
            : await BoundedBody.ReadAsync(content, BoundedBody.MaxJsonBytes, cancellationToken).ConfigureAwait(false);
}
