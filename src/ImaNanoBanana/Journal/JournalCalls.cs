using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Journal;

/// <summary>Calls a journal, each time under a time limit. Defines what a failure means before and after a create request.</summary>
/// <param name="mayBlock">Whether the app provides the journal, which may then block in its asynchronous methods. Such a journal is
/// never called on a caller's thread.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives the log events.</param>
internal sealed class JournalCalls(bool mayBlock, TimeProvider time, ILogger logger)
{
    private readonly AppCalls _calls = new(mayBlock, AppCalls.LongestOfStore, time);

    public static JournalCalls Create(ITaskJournal journal, TimeProvider time, ILogger logger) =>
        new(mayBlock: journal is not (MemoryTaskJournal or FileTaskJournal), time, logger);

    /// <summary>Calls the journal before a create request, under the time limit of one call.</summary>
    /// <param name="key">The idempotency key of the submission.</param>
    /// <param name="question">The call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="begun">Receives the task of the call, which may continue after its caller is gone.</param>
    /// <param name="toItsEnd">
    /// Whether to wait for a journal that ignores its cancellation token: what it still writes must not follow what is written next.
    /// </param>
    [SuppressMessage("Design", "CA1031", Justification = "An app's journal may throw anything; without the journal, nothing is sent.")]
    public async Task<T> ReadAsync<T>(
        string key,
        Func<CancellationToken, Task<T>> question,
        CancellationToken cancellationToken,
        Action<Task>? begun = null,
        bool toItsEnd = false)
    {
        try
        {
            return await _calls.RunAsync(question, cancellationToken, begun, toItsEnd).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.BudgetExceeded)
        {
            // A journal that counts credits rejected the claim.
            exception.Belong(key);
            throw;
        }
        catch (Exception exception)
        {
            throw JournalErrors.NotWritten(key, exception);
        }
    }

    /// <summary>Writes to the journal what happened. It never uses the caller's token, because a charged task must be recorded.</summary>
    /// <returns>Whether the journal has recorded it.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "An app's journal may throw anything; a charged task is still delivered.")]
    public async Task<bool> TryWriteAsync(string key, string? taskId, Func<CancellationToken, Task<bool>> tell)
    {
        string reason;
        try
        {
            if (await _calls.RunAsync(_ => tell(CancellationToken.None), CancellationToken.None).ConfigureAwait(false))
            {
                return true;
            }

            reason = "the claim no longer exists";
        }
        catch (Exception exception)
        {
            reason = AppCallback.Message(exception).TrimEnd('.');
        }

        ImaLog.JournalFailed(logger, key, LogValue.OrNone(taskId), reason);
        return false;
    }
}
