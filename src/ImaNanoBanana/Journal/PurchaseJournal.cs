using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Journal;

/// <summary>
/// A client's dealings with its journal. Before an order a failure of the journal is an error, and nothing is sent; after it,
/// a failure is logged and never stands between the caller and what was bought.
/// </summary>
/// <param name="journal">The journal: the app's, or the one in memory.</param>
/// <param name="remembersAll">Whether it is to know every purchase, or those with explicit keys only.</param>
/// <param name="window">How long an order may be under way before it counts as unknown.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes the log events.</param>
internal sealed class PurchaseJournal(ITaskJournal journal, bool remembersAll, TimeSpan window, TimeProvider time, ILogger logger)
{
    /// <summary>A journal is a small file or a database beside the app; one that takes longer is broken.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>What was bought and the journal could not be told: this process knows it all the same.</summary>
    private readonly ConcurrentDictionary<string, JournalEntry> _untold = new(StringComparer.Ordinal);

    public ITaskJournal Journal => journal;

    public bool Remembers(PurchaseKey key) => key.IsGiven || remembersAll;

    /// <returns>The task that the key has already; null when there is none.</returns>
    /// <exception cref="ImaException">The key has another request or an unknown outcome, or the journal failed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public Task<ImageTask?> FindAsync(PurchaseKey key, string requestHash, CancellationToken cancellationToken) =>
        SettledAsync(key.Text, requestHash, token => journal.FindAsync(key.Text, token), cancellationToken);

    /// <summary>Claims a key for an order that is about to be sent.</summary>
    /// <returns>Null when it is claimed; else the task that the key has already.</returns>
    /// <exception cref="ImaException">The key has another request or an unknown outcome, or the journal failed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public Task<ImageTask?> ClaimAsync(JournalEntry claim, CancellationToken cancellationToken) =>
        SettledAsync(claim.OperationKey, claim.RequestHash, token => ClaimOnceAsync(claim, token), cancellationToken);

    /// <summary>Nothing was bought by the claim: the key is free again.</summary>
    public Task ReleaseAsync(JournalEntry claim) =>
        TellAsync(claim.OperationKey, null, async token => await journal.RemoveAsync(claim, token).ConfigureAwait(false) || true);

    /// <returns>The task; flagged when the journal could not be told.</returns>
    public async Task<ImageTask> AcceptedAsync(JournalEntry claim, ImageTask task)
    {
        var accepted = claim with { State = JournalState.Accepted, Order = task };
        if (await TellAsync(claim.OperationKey, task.Id, token => journal.UpdateAsync(accepted, token)).ConfigureAwait(false))
        {
            return task;
        }

        _untold[claim.OperationKey] = accepted;
        return task with { JournalFailed = true };
    }

    /// <param name="claim">The claim.</param>
    /// <param name="order">What was sent last; with the id that a contradictory answer named, else without.</param>
    public Task UnknownAsync(JournalEntry claim, ImageTask order) => TellAsync(
        claim.OperationKey,
        order.Id.Length == 0 ? null : order.Id,
        token => journal.UpdateAsync(claim with { State = JournalState.Unknown, Order = order }, token));

    /// <summary>The end of a task was handed over.</summary>
    public async Task EndedAsync(ImageTask task, JournalState state)
    {
        if (task.OperationKey is not { } key)
        {
            return;
        }

        await TellAsync(key, task.Id, async token =>
        {
            var entry = Known(await journal.FindAsync(key, token).ConfigureAwait(false));
            if (entry?.Task?.Id != task.Id || entry.State == state)
            {
                return true;
            }

            var isTold = await journal.UpdateAsync(entry with { State = state, EndedAt = time.GetUtcNow() }, token).ConfigureAwait(false);
            if (isTold)
            {
                _untold.TryRemove(key, out _);
            }

            return isTold;
        }).ConfigureAwait(false);
    }

    /// <summary>Looks until the key is free or its outcome is known, for as long as another call may be ordering it.</summary>
    private async Task<ImageTask?> SettledAsync(
        string key, string requestHash, Func<CancellationToken, Task<JournalEntry?>> look, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var hasWaited = false;
        try
        {
            while (true)
            {
                if (Known(await AskAsync(key, look, cancellationToken).ConfigureAwait(false)) is not { } entry)
                {
                    return null;
                }

                // Whatever the machine's clock says, no call waits for another longer than that one may take.
                var left = window - time.GetElapsedTime(start);
                switch (JournalRules.Of(entry, requestHash, time.GetUtcNow(), window))
                {
                    case JournalVerdict.TaskIsThere:
                        ImaLog.TaskIsThere(logger, key, entry.Order.Id);
                        return entry.Order;
                    case JournalVerdict.OtherRequest:
                        throw JournalErrors.OtherRequest(key, entry);
                    case JournalVerdict.UnderWay when left > TimeSpan.Zero:
                        hasWaited = true;
                        await Task.Delay(LookAgain, time, cancellationToken).ConfigureAwait(false);
                        break;
                    default:
                        throw JournalErrors.Unknown(key, entry);
                }
            }
        }
        catch (OperationCanceledException exception) when (hasWaited && cancellationToken.IsCancellationRequested)
        {
            throw JournalErrors.Cancelled(key, exception, cancellationToken);
        }
    }

    /// <summary>What this process knows of an entry that the journal could not be told more about.</summary>
    private JournalEntry? Known(JournalEntry? entry) =>
        entry is { IsUnknown: true } && _untold.TryGetValue(entry.OperationKey, out var untold) && untold.ClaimId == entry.ClaimId ? untold : entry;

    private async Task<JournalEntry?> ClaimOnceAsync(JournalEntry claim, CancellationToken cancellationToken)
    {
        var claiming = journal.ClaimAsync(claim, cancellationToken);
        try
        {
            return await claiming.WaitAsync(LongestCall, time, cancellationToken).ConfigureAwait(false);
        }
        catch when (!claiming.IsFaulted)
        {
            // Nobody waits for it any more, and if it still succeeds nobody will order by it.
            _ = ReleaseLateAsync();
            throw;
        }

        async Task ReleaseLateAsync()
        {
            await ((Task)claiming).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await ReleaseAsync(claim).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an app's journal throws: without it nothing is sent.")]
    private async Task<T> AskAsync<T>(string key, Func<CancellationToken, Task<T>> question, CancellationToken cancellationToken)
    {
        try
        {
            return await question(cancellationToken).WaitAsync(LongestCall, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw JournalErrors.NotWritten(key, exception);
        }
    }

    /// <summary>Tells the journal what happened. Never on the caller's token: what was bought is recorded.</summary>
    /// <returns>Whether the journal knows it now.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever an app's journal throws, what was bought is handed over.")]
    private async Task<bool> TellAsync(string key, string? taskId, Func<CancellationToken, Task<bool>> tell)
    {
        string reason;
        try
        {
            if (await tell(CancellationToken.None).WaitAsync(LongestCall, time).ConfigureAwait(false))
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
}
