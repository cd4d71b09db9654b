namespace ImaNanoBanana.Client;

/// <summary>
/// Wraps a stream that belongs to one submission or one batch. A second enumeration would run the iterator again and so submit again.
/// It is rejected instead.
/// </summary>
/// <param name="items">The stream.</param>
/// <param name="refusal">The message of the exception for a second enumeration.</param>
internal sealed class SingleUseStream<T>(IAsyncEnumerable<T> items, string refusal) : IAsyncEnumerable<T>
{
    private int _used;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _used, 1) == 0
            ? new OneReaderEnumerator<T>(items.GetAsyncEnumerator(cancellationToken))
            : throw new InvalidOperationException(refusal);
}
