using ImaNanoBanana.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Journal;

/// <summary>
/// Connects a client to its journal. If the journal fails before a create request, the failure is an error and nothing is sent. If it
/// fails afterwards, the failure is logged and never keeps a charged task from its caller. What this process knows about its own
/// submissions takes precedence over what the journal reports or has lost.
/// </summary>
/// <param name="app">The journal of the app, with what this process remembers.</param>
/// <param name="window">How long a submission may be in progress without a sign of its process before it counts as unknown.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives the log events.</param>
internal sealed class SubmissionJournal(AppJournal app, TimeSpan window, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>The number of attempts to withdraw a claim from a journal that failed. Each wait is twice as long as the last.</summary>
    private const int Withdrawals = 10;

    private readonly ITaskJournal _journal = app.Inner;
    private readonly SubmissionMemory _memory = app.Memory;
    private readonly JournalCalls _calls = JournalCalls.Create(app.Inner, time, logger);

    /// <summary>The journal that the app sees.</summary>
    public ITaskJournal Journal => app;

    /// <summary>Who may watch the recorded tasks.</summary>
    public WatchRights Rights { get; } = new(
        app.Inner, JournalCalls.Create(app.Inner, time, logger), app.Memory, remembersAll: !app.IsDefault, time);

    /// <summary>Whether every submission is recorded, or those with an explicit idempotency key only.</summary>
    private bool RemembersAll => !app.IsDefault;

    public bool Remembers(SubmissionKey key) => key.IsGiven || RemembersAll;

    /// <summary>Reads a list from the journal, within the time limit for lists.</summary>
    public Task<T> ListAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        JournalListing.ReadAsync(read, time, cancellationToken);

    /// <returns>The time by the journal's clock, or by the client's clock if the journal has none.</returns>
    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
        await _journal.GetTimeAsync(cancellationToken).ConfigureAwait(false) ?? time.GetUtcNow();

    /// <returns>The time by the journal's clock.</returns>
    /// <exception cref="ImaException">The journal failed.</exception>
    public Task<DateTimeOffset> NowAsync(string idempotencyKey, CancellationToken cancellationToken) =>
        _calls.ReadAsync(idempotencyKey, NowAsync, cancellationToken);

    /// <returns>The task that the key already has; null if there is none.</returns>
    /// <exception cref="ImaException">The key belongs to a different request or has an unknown outcome, or the journal failed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public Task<ImageTask?> FindAsync(SubmissionKey key, string requestHash, CancellationToken cancellationToken) =>
        SettledAsync(key.Text, requestHash, token => KnownAsync(key.Text, token), cancellationToken);

    /// <summary>Claims a key for a create request that is about to be sent.</summary>
    /// <returns>Null if the key was claimed; otherwise the task that the key already has.</returns>
    /// <exception cref="ImaException">The key belongs to a different request or has an unknown outcome, or the journal failed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public Task<ImageTask?> ClaimAsync(TaskJournalEntry claim, CancellationToken cancellationToken) =>
        SettledAsync(claim.IdempotencyKey, claim.RequestHash, token => ClaimOnceAsync(claim, token), cancellationToken);

    /// <summary>Counts in a budget what the journal knows to be spent, if the journal outlives the client.</summary>
    /// <param name="budget">The budget; null for none.</param>
    /// <param name="batch">The name of the batch whose submissions are counted; null for all submissions.</param>
    /// <param name="idempotencyKey">The key of the submission that waits for the count.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="ImaException">The journal failed.</exception>
    public Task CountAsync(CreditBudget? budget, string? batch, string idempotencyKey, CancellationToken cancellationToken) =>
        budget is not null && RemembersAll
            ? JournalSpending.CountAsync(_journal, budget, batch, idempotencyKey, time, cancellationToken)
            : Task.CompletedTask;

    /// <summary>Keeps a claim alive from now on, until the lease is disposed.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="claimedAt">The clock's timestamp from before the claim was made.</param>
    public ClaimLease Lease(TaskJournalEntry claim, long claimedAt) => new(claim, claimedAt, window, RenewAsync, time);

    /// <summary>Releases the key: nothing was charged for the claim.</summary>
    public async Task ReleaseAsync(TaskJournalEntry claim)
    {
        if (await RemoveAsync(claim).ConfigureAwait(false))
        {
            _memory.Forget(claim);
        }
        else
        {
            Withdraw(claim, Task.CompletedTask);
        }
    }

    /// <summary>Drops a claim that no longer exists in the journal and for which nothing was charged.</summary>
    public void Lost(TaskJournalEntry claim) => _memory.Forget(claim);

    /// <param name="claim">The claim.</param>
    /// <param name="task">The task that was charged.</param>
    /// <param name="isWatched">Whether the call that submitted the task also watches it.</param>
    /// <returns>The task; flagged if the journal could not record it.</returns>
    public async Task<ImageTask> AcceptedAsync(TaskJournalEntry claim, ImageTask task, bool isWatched)
    {
        var accepted = claim with { State = TaskJournalState.Accepted, Submitted = task };
        _memory.Know(accepted);

        // First the right to watch: a process that resumes must not see the task before it sees its watcher.
        await (isWatched ? Rights.TakeAsync(claim) : Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await _calls.TryWriteAsync(
            claim.IdempotencyKey, task.Id, token => _journal.UpdateAsync(accepted, token)).ConfigureAwait(false)
            ? task
            : task with { JournalFailed = true };
    }

    /// <summary>
    /// Records that the outcome is unknown. If the owner has found out in the meantime and attached the task, that entry is kept.
    /// </summary>
    /// <param name="claim">The claim.</param>
    /// <param name="submission">What was sent last; with the id that a contradictory response named, otherwise without an id.</param>
    public Task UnknownAsync(TaskJournalEntry claim, ImageTask submission)
    {
        var unknown = claim with { State = TaskJournalState.Unknown, Submitted = submission };
        if (!IsResolved(_memory.Known(claim.IdempotencyKey, null)))
        {
            _memory.Know(unknown);
        }

        return _calls.TryWriteAsync(claim.IdempotencyKey, submission.Id.Length == 0 ? null : submission.Id, async token =>
        {
            var there = await _journal.FindAsync(claim.IdempotencyKey, token).ConfigureAwait(false);
            return IsResolved(there) ? _memory.Know(there!) : await _journal.UpdateAsync(unknown, token).ConfigureAwait(false);
        });

        bool IsResolved(TaskJournalEntry? entry) => entry is { IsUnknown: false } && entry.ClaimId == claim.ClaimId;
    }

    /// <summary>Records that the end of a task was delivered.</summary>
    public async Task EndedAsync(ImageTask task, TaskJournalState state)
    {
        if (task.IdempotencyKey is not { } key)
        {
            return;
        }

        await _calls.TryWriteAsync(key, task.Id, async token =>
        {
            var entry = _memory.Known(key, await _journal.FindAsync(key, token).ConfigureAwait(false));
            if (entry?.Task?.Id != task.Id || entry.State == state)
            {
                return true;
            }

            var ended = entry with { State = state, EndedAt = await NowAsync(token).ConfigureAwait(false) };
            if (!_memory.Know(ended))
            {
                _memory.Learn(ended);
            }

            return await _journal.UpdateAsync(ended, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    /// <summary>Polls until the key is free or its outcome is known, for as long as another call may be submitting with it.</summary>
    private async Task<ImageTask?> SettledAsync(
        string key, string requestHash, Func<CancellationToken, Task<TaskJournalEntry?>> look, CancellationToken cancellationToken)
    {
        var sign = new ClaimActivity(window, time);
        var hasWaited = false;
        try
        {
            while (true)
            {
                if (await look(cancellationToken).ConfigureAwait(false) is not { } entry)
                {
                    return null;
                }

                switch (await GetKeyStateAsync(key, entry, requestHash, cancellationToken).ConfigureAwait(false))
                {
                    case KeyState.TaskExists:
                        _memory.Learn(entry);
                        ImaLog.TaskExists(logger, key, entry.Submitted.Id);
                        return JournalRules.Task(entry);
                    case KeyState.OtherRequest:
                        throw JournalErrors.OtherRequest(key, entry);
                    case KeyState.Withdrawn when await RemoveAsync(entry).ConfigureAwait(false):
                        _memory.Withdrawn(entry);
                        break;
                    case KeyState.Withdrawn:
                        throw JournalErrors.NotWritten(key, new IOException("A failed claim could not be withdrawn yet"));
                    case KeyState.InProgress when _memory.IsSubmitting(entry) || sign.IsRecent(entry):
                        hasWaited = true;
                        await Task.Delay(PollInterval, time, cancellationToken).ConfigureAwait(false);
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

    private async Task<KeyState> GetKeyStateAsync(
        string key, TaskJournalEntry entry, string requestHash, CancellationToken cancellationToken)
    {
        if (_memory.IsWithdrawn(entry))
        {
            return KeyState.Withdrawn;
        }

        // Get the time only if it matters: a submission that this process is sending needs none.
        var now = entry.State == TaskJournalState.Claimed && !_memory.IsSubmitting(entry)
            ? await NowAsync(key, cancellationToken).ConfigureAwait(false)
            : entry.ClaimedAt;
        return JournalRules.Judge(entry, requestHash, now, window);
    }

    private async Task<TaskJournalEntry?> ClaimOnceAsync(TaskJournalEntry claim, CancellationToken cancellationToken)
    {
        while (_memory.TryClaim(claim) is not null)
        {
            // Null if this process dropped the claim in the meantime because it was not charged.
            if (await KnownAsync(claim.IdempotencyKey, cancellationToken).ConfigureAwait(false) is { } known)
            {
                return known;
            }
        }

        Task? claiming = null;
        try
        {
            var there = await _calls.ReadAsync(
                claim.IdempotencyKey,
                token => _journal.ClaimAsync(claim, token),
                cancellationToken,
                begun: asking => claiming = asking).ConfigureAwait(false);
            if (there is not null)
            {
                _memory.Forget(claim);
            }

            return there;
        }
        catch
        {
            // No submission uses this claim any more, but the claim may still succeed or may have succeeded.
            Withdraw(claim, claiming ?? Task.CompletedTask);
            throw;
        }
    }

    /// <returns>What the journal reports about a key, combined with what this process knows about it.</returns>
    /// <exception cref="ImaException">The journal failed.</exception>
    public async Task<TaskJournalEntry?> KnownAsync(string key, CancellationToken cancellationToken) =>
        _memory.Known(key, await _calls.ReadAsync(key, token => _journal.FindAsync(key, token), cancellationToken).ConfigureAwait(false));

    /// <summary>Withdraws a claim, however long the journal needs. Until then, this process knows that the claim is void.</summary>
    private void Withdraw(TaskJournalEntry claim, Task claiming)
    {
        _memory.Withdraw(claim);
        _ = WithdrawAsync();

        async Task WithdrawAsync()
        {
            await claiming.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var wait = TimeSpan.FromSeconds(1);
            for (var attempt = 1; !await RemoveAsync(claim).ConfigureAwait(false); attempt++, wait *= 2)
            {
                if (attempt == Withdrawals)
                {
                    return;
                }

                await Task.Delay(wait, time).ConfigureAwait(false);
            }

            _memory.Withdrawn(claim);
        }
    }

    /// <returns>Whether the claim is removed now, if it existed.</returns>
    private Task<bool> RemoveAsync(TaskJournalEntry claim) =>
        _calls.TryWriteAsync(
            claim.IdempotencyKey, null, async token => await _journal.RemoveAsync(claim, token).ConfigureAwait(false) || true);

    /// <returns>Whether the claim still exists and belongs to this process.</returns>
    /// <exception cref="ImaException">The journal failed.</exception>
    private Task<bool> RenewAsync(TaskJournalEntry claim, bool toItsEnd, CancellationToken cancellationToken) => _calls.ReadAsync(
        claim.IdempotencyKey,
        async token =>
            await _journal.RenewAsync(claim with { ClaimedAt = await NowAsync(token).ConfigureAwait(false) }, token).ConfigureAwait(false),
        cancellationToken,
        toItsEnd: toItsEnd);
}
