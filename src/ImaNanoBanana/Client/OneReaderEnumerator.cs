namespace ImaNanoBanana.Client;

/// <summary>
/// Rejects a second call of <see cref="MoveNextAsync"/> while one is running. An iterator would run both at the same time, and a
/// submission in it could be lost or crash the process.
/// </summary>
internal sealed class OneReaderEnumerator<T>(IAsyncEnumerator<T> items) : IAsyncEnumerator<T>
{
    private int _isMoving;

    public T Current => items.Current;

    /// <exception cref="InvalidOperationException">Another call is still running; it is not affected.</exception>
    public ValueTask<bool> MoveNextAsync() => Interlocked.Exchange(ref _isMoving, 1) == 0
        ? MoveAsync()
        : throw new InvalidOperationException(
            "MoveNextAsync was called while an earlier call on the same stream is still running. Await that call first. It continues.");

    /// <exception cref="InvalidOperationException">A call of <see cref="MoveNextAsync"/> is still running; it is not affected.</exception>
    public ValueTask DisposeAsync() => Volatile.Read(ref _isMoving) == 0
        ? items.DisposeAsync()
        : throw new InvalidOperationException(
            "The stream was disposed while a MoveNextAsync call is still running. Cancel the stream's token and await that call first.");

    private async ValueTask<bool> MoveAsync()
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isMoving, 0);
        }
    }
}
