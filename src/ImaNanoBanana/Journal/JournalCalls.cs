using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Journal;

/// <summary>Calls of a journal, each under one time limit: what a failure means before an order and after it.</summary>
/// <param name="mayBlock">Whether the journal is an app's own, which may block in its asynchronous methods: it is never called
/// on a caller's thread.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes the log events.</param>
internal sealed class JournalCalls(bool mayBlock, TimeProvider time, ILogger logger)
{
    /// <summary>A journal is a small file or a database beside the app; one that takes longer is broken.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);

    /// <summary>Asks the journal before an order, under the one time limit of a call.</summary>
    /// <param name="key">The key of the order.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <param name="begun">Told of the question, which may go on after its caller is gone.</param>
    /// <param name="toItsEnd">
    /// Whether a journal that ignores the token is waited for: what it still writes must not come after what it is told next.
    /// </param>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever an app's journal throws: without it nothing is sent.")]
    public async Task<T> ReadAsync<T>(
        string key,
        Func<CancellationToken, Task<T>> question,
        CancellationToken cancellationToken,
        Action<Task>? begun = null,
        bool toItsEnd = false)
    {
        try
        {
            return await RunAsync(question, cancellationToken, begun, toItsEnd).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception)
        {
            throw JournalErrors.NotWritten(key, exception);
        }
    }

    /// <summary>Tells the journal what happened. Never on the caller's token: what was bought is recorded.</summary>
    /// <returns>Whether the journal knows it now.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever an app's journal throws, what was bought is handed over.")]
    public async Task<bool> TryWriteAsync(string key, string? taskId, Func<CancellationToken, Task<bool>> tell)
    {
        string reason;
        try
        {
            if (await RunAsync(_ => tell(CancellationToken.None), CancellationToken.None).ConfigureAwait(false))
            {
                return true;
            }

            reason = "its claim is gone";
        }
        catch (Exception exception)
        {
            reason = exception.Message;
        }

        ImaLog.JournalFailed(logger, key, taskId, reason);
        return false;
    }

    private Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken, Action<Task>? begun = null, bool toItsEnd = false) =>
        Deadline.RunAsync(
            LongestCall,
            time,
            deadline =>
            {
                // Read here: a journal that blocks may get to it when the deadline is gone.
                var token = toItsEnd ? cancellationToken : deadline.Token;
                var calling = mayBlock ? Task.Run(() => call(token), CancellationToken.None) : call(token);
                begun?.Invoke(calling);
                return calling;
            },
            $"It gave no answer within {LongestCall.TotalSeconds:0} s",
            toItsEnd ? CancellationToken.None : cancellationToken);
}
