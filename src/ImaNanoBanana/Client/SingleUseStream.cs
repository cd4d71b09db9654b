namespace ImaNanoBanana.Client;

/// <summary>
/// A stream that belongs to one purchase (careful client, section 7) or one batch of them: enumerating it a second time
/// would run the iterator, and so the purchase, again, and is refused instead.
/// </summary>
/// <param name="items">The stream.</param>
/// <param name="refusal">What the second enumeration is told.</param>
internal sealed class SingleUseStream<T>(IAsyncEnumerable<T> items, string refusal) : IAsyncEnumerable<T>
{
    private int _used;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _used, 1) == 0
            ? new OneReaderEnumerator<T>(items.GetAsyncEnumerator(cancellationToken))
            : throw new InvalidOperationException(refusal);
}
