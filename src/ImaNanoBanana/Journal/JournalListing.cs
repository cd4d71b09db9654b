using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Journal;

/// <summary>
/// Reads the list of a journal within a time limit, also where the journal is deaf to its token or blocks the thread that asks.
/// </summary>
internal static class JournalListing
{
    /// <summary>A list of a hundred thousand entries takes seconds; a journal that takes longer is broken.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private static readonly string Overdue = FormattableString.Invariant($"The journal was not listed within {Longest.TotalSeconds:0} s.");

    /// <param name="read">Reads it; may go on after its caller is gone.</param>
    /// <param name="time">The clock of the limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="IOException">The time is over.</exception>
    public static async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await Deadline.RunAsync(Longest, time, ReadInBackgroundAsync, Overdue, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (TimeoutException exception) when (exception.Message == Overdue)
        {
            throw new IOException(exception.Message, exception);
        }

        Task<T> ReadInBackgroundAsync(Deadline deadline)
        {
            var token = deadline.Token;
            return Task.Run(() => read(token), CancellationToken.None);
        }
    }
}
