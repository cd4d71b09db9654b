using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// Holds the credits of a submission in the budgets and its key in the journal until the outcome is known. If the submission may
/// have been charged, the credits stay spent and the key stays recorded. Otherwise, disposing releases the credits and the key.
/// </summary>
/// <remarks>For one submission.</remarks>
internal sealed class SubmissionHold(CreditHold credits, SubmissionJournal journal, bool isWatched) : IAsyncDisposable
{
    private TaskJournalEntry? _claim;
    private ClaimLease? _lease;
    private bool _isAnswerDue;

    /// <summary>Whether a create is being sent, was accepted, or has an unknown outcome.</summary>
    public bool MayBeCharged { get; set; }

    /// <inheritdoc cref="CreditHold.ChangeAsync"/>
    public Task<ImagePlan> ChangeAsync(ImagePlan plan, CancellationToken cancellationToken) => credits.ChangeAsync(plan, cancellationToken);

    /// <summary>Claims the key and keeps the claim alive.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="claimedAt">The clock's timestamp from before the claim was made.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>Null if the key was claimed; otherwise the task that the key already has.</returns>
    public async Task<ImageTask?> ClaimAsync(TaskJournalEntry claim, long claimedAt, CancellationToken cancellationToken)
    {
        var known = await journal.ClaimAsync(claim, cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            _claim = claim;
            _lease = journal.Lease(claim, claimedAt);
        }

        return known;
    }

    /// <summary>Call this method before each send: if the claim is lost, another caller may submit with the key.</summary>
    /// <exception cref="ImaException">The claim no longer exists, or the journal failed and its state is unknown.</exception>
    public async Task CheckClaimAsync(CancellationToken cancellationToken)
    {
        if (_lease is null || await _lease.HoldsAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var lost = _claim!;
        _claim = null;
        journal.Lost(lost);
        throw JournalErrors.ClaimLost(lost.IdempotencyKey);
    }

    /// <returns>The task; flagged if the journal could not record it.</returns>
    public async Task<ImageTask> RecordAcceptedAsync(ImageTask task)
    {
        await EndLeaseAsync().ConfigureAwait(false);
        var accepted = _claim is null ? task : await journal.AcceptedAsync(_claim, task, isWatched && !_isAnswerDue).ConfigureAwait(false);
        await credits.SpendAsync().ConfigureAwait(false);
        return accepted;
    }

    /// <summary>
    /// Records an unknown outcome. A response that arrives after its caller is gone is recorded too; until then, the credits stay reserved.
    /// </summary>
    public async Task RecordUnknownAsync(ImagePlan plan, SubmissionAnswer answer)
    {
        await EndLeaseAsync().ConfigureAwait(false);
        _isAnswerDue = answer.Late is not null;
        if (answer.Late is { } late)
        {
            _ = RecordLateAsync(plan, late);
            return;
        }

        if (_claim is not null)
        {
            var task = answer.Task ?? SubmittedTask.Create(plan, "", _claim.IdempotencyKey, _claim.ClaimedAt);
            await journal.UnknownAsync(_claim, task).ConfigureAwait(false);
        }

        await credits.SpendAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await EndLeaseAsync().ConfigureAwait(false);
        if (!MayBeCharged)
        {
            await ReleaseAsync().ConfigureAwait(false);
        }
        else if (!_isAnswerDue)
        {
            await credits.SpendAsync().ConfigureAwait(false);
        }
    }

    private async Task RecordLateAsync(ImagePlan plan, Task<SubmissionAnswer> late)
    {
        var answer = await late.ConfigureAwait(false);
        switch (answer.Outcome.Kind)
        {
            case SubmissionOutcomeKind.Accepted:
                await RecordAcceptedAsync(answer.Task!).ConfigureAwait(false);
                break;
            case SubmissionOutcomeKind.Unknown:
                await RecordUnknownAsync(plan, answer).ConfigureAwait(false);
                break;
            default:
                await ReleaseAsync().ConfigureAwait(false);
                break;
        }
    }

    private async Task ReleaseAsync()
    {
        await credits.ReleaseAsync().ConfigureAwait(false);
        if (_claim is not null)
        {
            await journal.ReleaseAsync(_claim).ConfigureAwait(false);
        }
    }

    private ValueTask EndLeaseAsync()
    {
        var lease = _lease;
        _lease = null;
        return lease?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
