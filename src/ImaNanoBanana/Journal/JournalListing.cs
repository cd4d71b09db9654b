using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Journal;

/// <summary>
/// Lists a journal within a time limit, even if the journal ignores its cancellation token or blocks the calling thread.
/// </summary>
internal static class JournalListing
{
    /// <summary>Listing a hundred thousand entries takes seconds. If a journal takes longer than this, it is broken.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly string Overdue = FormattableString.Invariant(
        $"The journal could not be listed within {Longest.TotalSeconds:0} s.");

    /// <param name="read">Reads the list; may continue after its caller is gone.</param>
    /// <param name="time">The clock of the time limit.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="IOException">The time limit has passed.</exception>
    public static async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await Deadline.RunAsync(Longest, time, ReadInBackgroundAsync, static _ => Overdue, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (TimeoutException exception) when (AppCallback.Message(exception) == Overdue)
        {
            throw new IOException(AppCallback.Message(exception), exception);
        }

        Task<T> ReadInBackgroundAsync(Deadline deadline)
        {
            var token = deadline.Token;
            return Task.Run(() => read(token), CancellationToken.None);
        }
    }
}
