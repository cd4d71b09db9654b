namespace ImaNanoBanana.Client;

/// <summary>
/// Refuses a second <see cref="MoveNextAsync"/> while one is running. An iterator would run both at once, and a submission in
/// it could be lost or end the process.
/// </summary>
internal sealed class OneReaderEnumerator<T>(IAsyncEnumerator<T> items) : IAsyncEnumerator<T>
{
    private int _isMoving;

    public T Current => items.Current;

    /// <exception cref="InvalidOperationException">Another call is still running; it is not affected.</exception>
    public ValueTask<bool> MoveNextAsync() => Interlocked.Exchange(ref _isMoving, 1) == 0
        ? MoveAsync()
        : throw new InvalidOperationException(
            "MoveNextAsync was called while an earlier call on the same stream is still running. Await that call first; it continues.");

    /// <exception cref="InvalidOperationException">A call of <see cref="MoveNextAsync"/> is still running; it is not affected.</exception>
    public ValueTask DisposeAsync() => Volatile.Read(ref _isMoving) == 0
        ? items.DisposeAsync()
        : throw new InvalidOperationException(
            "The stream was disposed while a call of MoveNextAsync is still running. Cancel the stream's token and await that call first.");

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
