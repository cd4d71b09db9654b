using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Resilience;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// Turns one request into one task, step by step. At most one of its create requests is ever accepted or has an unknown outcome, and
/// that one is the last.
/// </summary>
/// <remarks>One step at a time, in the sequence of the methods. <see cref="ImageSubmitter"/> calls them.</remarks>
internal sealed class SubmissionRun(SubmissionServices services, SubmissionCall call) : IAsyncDisposable
{
    private SubmissionKey _key = SubmissionKey.GivenOrNew(call.Request);
    private IReadOnlyList<InputDetails> _inputs = call.QuotedPlan?.Inputs ?? [];
    private SubmissionRecovery _recovery = new();
    private SubmissionHold? _hold;
    private SubmissionAnswer? _answer;
    private decimal _mostCredits;

    /// <summary>Null if the journal does not record the submission.</summary>
    private string? _requestHash;

    /// <summary>The id of this call's claim. A key that was generated for this call is already unique, so it is also the id.</summary>
    private string ClaimId => field ??= _key.IsGiven ? Guid.NewGuid().ToString("N") : _key.Text;

    /// <summary>The plan to submit; set by <see cref="PlanAsync"/> and changed by <see cref="FollowAsync"/>.</summary>
    public ImagePlan? Plan { get; private set; } = call.QuotedPlan;

    /// <summary>Inspects the images and finds the task that the key already has.</summary>
    /// <returns>The task; null if there is none.</returns>
    /// <exception cref="ImaException">The images cannot be used, the key belongs to a different request or has an unknown outcome, or
    /// the journal failed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task<ImageTask?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (call.QuotedPlan is null)
            {
                _inputs = await services.Planner.InspectAsync(call.Request.Images, cancellationToken).ConfigureAwait(false);
            }

            if (services.Journal.Remembers(_key))
            {
                _requestHash = await services.Planner.HashAsync(call.Request, _inputs, cancellationToken).ConfigureAwait(false);
            }

            if (!_key.IsGiven)
            {
                // A key that was generated for this call has no task yet.
                return null;
            }

            return await services.Journal.FindAsync(_key, _requestHash!, cancellationToken).ConfigureAwait(false)
                ?? await FindEarlierAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Plans the request, unless a quote already contains the plan.</summary>
    /// <exception cref="ImaException">The request cannot be submitted, or the product list is unavailable.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task PlanAsync(CancellationToken cancellationToken)
    {
        try
        {
            Plan ??= await services.Planner.PlanAsync(call.Request, _inputs, cancellationToken).ConfigureAwait(false);
            _mostCredits = call.MostCredits(Plan);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Reserves the credits in the budgets, which first count what was charged before a restart.</summary>
    /// <exception cref="ImaException">The submission costs more than is allowed or remains, or the journal failed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The run owns the hold and disposes it.")]
    public async Task HoldAsync(CancellationToken cancellationToken)
    {
        try
        {
            await services.Journal.CountAsync(services.Budget, null, _key.Text, cancellationToken).ConfigureAwait(false);
            if (call.Request.BatchName is { } batch)
            {
                await services.Journal.CountAsync(call.Request.BatchBudget, batch, _key.Text, cancellationToken).ConfigureAwait(false);
            }

            var credits = await CreditHold.TakeAsync(services, Plan!, ClaimId, _key.Text, cancellationToken).ConfigureAwait(false);
            _hold = new SubmissionHold(credits, services.Journal, call.IsWatched);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Uploads the local images.</summary>
    /// <exception cref="ImaException">An image could not be uploaded.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task UploadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var uploaded = await services.Uploader.UploadAsync(Plan!.Inputs, cancellationToken).ConfigureAwait(false);
            Plan = Plan with { Inputs = uploaded };
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Ends the submission before its images are uploaded if its create request would be refused.</summary>
    /// <exception cref="ImaException">The service asked to wait longer than the client waits.</exception>
    public void CheckPause()
    {
        if (services.Submitter.Pause.TooLong is { } left)
        {
            throw SubmissionErrors.Paused(_key.Text, left);
        }
    }

    /// <summary>Waits until the next create request may be sent.</summary>
    /// <exception cref="ImaException">The request gate failed, or the service asked to wait longer than the client waits.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        TimeSpan? tooLong;
        try
        {
            tooLong = await services.Submitter.Pause.WaitAsync(
                token => services.Gate.WaitAsync(ImaRequestKind.Create, token), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
        catch (Exception exception)
        {
            throw SubmissionErrors.GateFailed(_key.Text, exception);
        }

        if (tooLong is { } left)
        {
            throw SubmissionErrors.Paused(_key.Text, left);
        }
    }

    /// <summary>Claims the key, directly before the create request.</summary>
    /// <returns>Null if the key was claimed; otherwise the task that the key received in the meantime.</returns>
    /// <exception cref="ImaException">The key belongs to a different request or has an unknown outcome, or the journal failed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task<ImageTask?> ClaimAsync(CancellationToken cancellationToken)
    {
        if (_requestHash is null)
        {
            return null;
        }

        try
        {
            var timestamp = services.Time.GetTimestamp();
            var now = await services.Journal.NowAsync(_key.Text, cancellationToken).ConfigureAwait(false);
            var claim = new TaskJournalEntry(_key.Text, _requestHash)
            {
                ClaimId = ClaimId,
                ClaimedAt = now,
                Tag = call.Request.Tag,
                Submitted = SubmittedTask.Create(Plan!, "", _key.Text, now),
            };
            return await _hold!.ClaimAsync(claim, timestamp, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Sends one create request and records its outcome.</summary>
    /// <returns>The task, also if the caller cancelled in the meantime; null if the create request was not accepted.</returns>
    /// <exception cref="ImaException">The claim of the key was lost; nothing was sent.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled before the create request was sent.</exception>
    public async Task<ImageTask?> SubmitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _hold!.CheckClaimAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }

        _hold.MayBeCharged = true;
        _answer = await services.Submitter.SubmitAsync(Plan!, _key.Text, cancellationToken).ConfigureAwait(false);
        switch (_answer.Outcome.Kind)
        {
            case SubmissionOutcomeKind.Accepted:
                return await _hold.RecordAcceptedAsync(_answer.Task!).ConfigureAwait(false);
            case SubmissionOutcomeKind.Unknown:
                await _hold.RecordUnknownAsync(Plan!, _answer).ConfigureAwait(false);
                return null;
            default:
                _hold.MayBeCharged = false;
                return null;
        }
    }

    /// <summary>Decides what follows a create request that was not accepted. Nothing ever follows an unknown outcome.</summary>
    /// <returns>Whether the next create request is for a different plan; false if the plan is the same.</returns>
    /// <exception cref="ImaException">Nothing follows. This is the error of the last create request, or the new price is higher than
    /// what was shown or allowed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception contains what is known.</exception>
    public async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        var step = NextStep(cancellationToken);
        try
        {
            var next = await NextPlanAsync(step, cancellationToken).ConfigureAwait(false)
                ?? throw SubmissionErrors.Create(
                    _answer!, Plan!, _key.Text, isRecorded: _requestHash is not null, cancellationToken);
            var (outcome, code) = (_answer!.Outcome.Kind.ToString(), LogValue.OrNone(_answer.Outcome.Code));
            ImaLog.SubmissionFollowed(services.Logger, _key.Text, outcome, code, step.Kind.ToString());
            if (ReferenceEquals(next, Plan))
            {
                return false;
            }

            Plan = await _hold!.ChangeAsync(next, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    public ValueTask DisposeAsync() => _hold?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Continues with the key of an earlier build if it has this request, so that it is not charged again.</summary>
    private async Task<ImageTask?> FindEarlierAsync(CancellationToken cancellationToken)
    {
        if (call.Request.EarlierKey is not { } earlier
            || await services.Journal.KnownAsync(earlier, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return null;
        }

        // The hash is empty if the entry could not be read completely. It may have this request.
        if (entry.RequestHash.Length > 0 && entry.RequestHash != _requestHash)
        {
            return null;
        }

        _key = new SubmissionKey(earlier, IsGiven: true);
        return await services.Journal.FindAsync(_key, _requestHash!, cancellationToken).ConfigureAwait(false);
    }

    private RecoveryStep NextStep(CancellationToken cancellationToken)
    {
        if (!services.Options.RetrySubmissions || cancellationToken.IsCancellationRequested)
        {
            return default;
        }

        (var step, _recovery) = _recovery.After(_answer!.Outcome, _answer.RetryAfter, call.Request.AllowSmallerSize, Jitter.Next());
        return step;
    }

    /// <returns>The plan to submit next; null if nothing follows.</returns>
    private async Task<ImagePlan?> NextPlanAsync(RecoveryStep step, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case RecoveryStepKind.SendAgain:
                await Task.Delay(step.Delay, services.Time, cancellationToken).ConfigureAwait(false);
                return Plan;
            case RecoveryStepKind.ReduceSize:
                return SmallerSize.FindPlan(Plan!);
            case RecoveryStepKind.PlanAgain:
                var again = await services.Planner.PlanAgainAsync(Plan!, cancellationToken).ConfigureAwait(false);
                var isAffordable = again is null || again.Credits <= _mostCredits;
                return isAffordable ? again : throw SubmissionErrors.PriceChanged(_answer!.Outcome, Plan!, again!, _mostCredits, _key.Text);
            default:
                return null;
        }
    }
}
