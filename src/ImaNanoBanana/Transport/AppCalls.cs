namespace ImaNanoBanana.Transport;

/// <summary>
/// Calls asynchronous code that the app may provide, a journal, a credit ledger or a request gate, under a time limit. Such code may
/// block in its methods and in its cancellation callbacks: it is never called on a caller's thread, and its token is its own.
/// </summary>
/// <param name="mayBlock">Whether the app provides the code.</param>
/// <param name="longest">The time limit of one call.</param>
/// <param name="time">The clock.</param>
internal sealed class AppCalls(bool mayBlock, TimeSpan longest, TimeProvider time)
{
    /// <summary>
    /// A journal or a ledger is in memory, a small file or a database near the app. If a call takes longer, it is broken.
    /// </summary>
    public static readonly TimeSpan LongestOfStore = TimeSpan.FromSeconds(15);

    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="begun">Receives the task of the call, which may continue after its caller is gone.</param>
    /// <param name="toItsEnd">
    /// Whether to wait for code that ignores its cancellation token: what it still writes must not follow what is written next.
    /// </param>
    /// <exception cref="TimeoutException">The time has passed.</exception>
    public Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, Action<Task>? begun = null, bool toItsEnd = false) =>
        Deadline.RunAsync(
            longest,
            time,
            deadline =>
            {
                // Get the token here: code that blocks may run only after the deadline is gone.
                var token = toItsEnd ? cancellationToken : deadline.Token;
                var calling = mayBlock ? Task.Run(() => call(token), CancellationToken.None) : call(token);
                begun?.Invoke(calling);
                return calling;
            },
            static limit => $"It did not respond within {limit.TotalSeconds:0} s",
            toItsEnd ? CancellationToken.None : cancellationToken);

    /// <summary>Runs a call that has no result.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="TimeoutException">The time has passed.</exception>
    public Task RunAsync(Func<CancellationToken, ValueTask> call, CancellationToken cancellationToken)
    {
        return RunAsync(EndedAsync, cancellationToken);

        async Task<bool> EndedAsync(CancellationToken token)
        {
            await call(token).ConfigureAwait(false);
            return true;
        }
    }
}
