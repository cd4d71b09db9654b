namespace ImaNanoBanana.Tasks;

/// <summary>
/// A stream that belongs to one purchase (careful client, section 7): enumerating it a second time would run the
/// iterator, and so the purchase, again, and is refused instead.
/// </summary>
internal sealed class SingleUseStream<T>(IAsyncEnumerable<T> items) : IAsyncEnumerable<T>
{
    private int _used;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _used, 1) == 0
            ? items.GetAsyncEnumerator(cancellationToken)
            : throw new InvalidOperationException(
                "This stream stands for one purchase and was enumerated already. Nothing was ordered. Call GenerateStreamAsync again to buy another image, or WatchAsync with the task to see this one again.");
}
