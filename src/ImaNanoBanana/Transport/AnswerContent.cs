namespace ImaNanoBanana.Transport;

/// <summary>
/// The body of a response that the wire handler has read completely. Reading it again copies nothing: a product list has several
/// hundred KB.
/// </summary>
internal sealed class AnswerContent(ArraySegment<byte> body) : ByteArrayContent(body.Array!, body.Offset, body.Count)
{
    private readonly ArraySegment<byte> _body = body;

    /// <returns>The bytes of a content, including a content that a handler of the app created.</returns>
    /// <exception cref="InvalidDataException">The body is longer than a response may be.</exception>
    public static async ValueTask<ArraySegment<byte>> BytesAsync(HttpContent content, CancellationToken cancellationToken) =>
        content is AnswerContent whole
            ? whole._body
            : await BoundedBody.ReadAsync(content, BoundedBody.MaxJsonBytes, cancellationToken).ConfigureAwait(false);
}
