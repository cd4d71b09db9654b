namespace ImaNanoBanana.Client;

/// <summary>Wraps a stream so that concurrent calls of a reader are rejected; see <see cref="OneReaderEnumerator{T}"/>.</summary>
internal sealed class OneReaderStream<T>(IAsyncEnumerable<T> items) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new OneReaderEnumerator<T>(items.GetAsyncEnumerator(cancellationToken));
}
