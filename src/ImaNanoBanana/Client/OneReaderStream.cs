namespace ImaNanoBanana.Client;

/// <summary>A stream whose readers cannot disturb it, see <see cref="OneReaderEnumerator{T}"/>.</summary>
internal sealed class OneReaderStream<T>(IAsyncEnumerable<T> items) : IAsyncEnumerable<T>
{
    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new OneReaderEnumerator<T>(items.GetAsyncEnumerator(cancellationToken));
}
