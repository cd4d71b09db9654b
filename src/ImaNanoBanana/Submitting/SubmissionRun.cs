using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Resilience;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// One request on its way to one task, step by step. At most one of its creates is ever accepted or of unknown outcome, and
/// that one is the last.
/// </summary>
/// <remarks>One step at a time, in the order of the methods. <see cref="ImageSubmitter"/> calls them.</remarks>
internal sealed class SubmissionRun(SubmissionServices services, SubmissionCall call) : IAsyncDisposable
{
    private readonly SubmissionKey _key = SubmissionKey.GivenOrNew(call.Request);
    private IReadOnlyList<InputDetails> _inputs = call.QuotedPlan?.Inputs ?? [];
    private SubmissionRecovery _recovery = new();
    private SubmissionHold? _hold;
    private SubmissionAnswer? _answer;
    private decimal _mostCredits;

    /// <summary>Null where the journal is not to know the submission.</summary>
    private string? _requestHash;

    /// <summary>The id of this call's claim. A key that the SDK made for this call is unique already, so it is the id too.</summary>
    private string ClaimId => field ??= _key.IsGiven ? Guid.NewGuid().ToString("N") : _key.Text;

    /// <summary>What is submitted; set by <see cref="PlanAsync"/> and changed by <see cref="FollowAsync"/>.</summary>
    public ImagePlan? Plan { get; private set; } = call.QuotedPlan;

    /// <summary>Inspects the images and looks for the task that the key has already.</summary>
    /// <returns>That task; null when there is none.</returns>
    /// <exception cref="ImaException">The images cannot be used, the key has another request or an unknown outcome, or the
    /// journal failed.</exception>
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

            // A key that was made for this call has no task yet.
            return _key.IsGiven ? await services.Journal.FindAsync(_key, _requestHash!, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Works out what is submitted; a quote says it already.</summary>
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

    /// <summary>Holds the credits in the budgets, which count first what was charged before a restart.</summary>
    /// <exception cref="ImaException">It costs more than is allowed or left, or the journal failed.</exception>
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

            var credits = CreditHold.Take(Plan!, services.Options.MaxCredits, services.Budget, ClaimId);
            _hold = new SubmissionHold(credits, services.Journal);
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

    /// <summary>Waits until the next create may be sent.</summary>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            await services.Limiter.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Claims the key, directly before the create.</summary>
    /// <returns>Null when it is claimed; else the task that the key has got meanwhile.</returns>
    /// <exception cref="ImaException">The key has another request or an unknown outcome, or the journal failed.</exception>
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
                Submitted = SubmittedTask.Create(Plan!, "", _key.Text, now),
            };
            return await _hold!.ClaimAsync(claim, timestamp, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <summary>Sends one create and records what became of it.</summary>
    /// <returns>The task, also when the caller cancelled meanwhile; null when the create was not accepted.</returns>
    /// <exception cref="ImaException">The claim of the key was lost; nothing was sent.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled before it was sent.</exception>
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

    /// <summary>Decides what follows a create that was not accepted. Nothing ever follows an unknown outcome.</summary>
    /// <returns>Whether the next create is for another plan; else it is the same.</returns>
    /// <exception cref="ImaException">Nothing follows: the error of the last create, or a price above what was shown or
    /// allowed.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says what is known.</exception>
    public async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        var step = NextStep(cancellationToken);
        try
        {
            var next = await NextPlanAsync(step, cancellationToken).ConfigureAwait(false)
                ?? throw SubmissionErrors.Create(_answer!, Plan!, _key.Text, cancellationToken);
            ImaLog.SubmissionFollowed(
                services.Logger, _key.Text, _answer!.Outcome.Kind.ToString(), _answer.Outcome.Code, step.Kind.ToString());
            if (ReferenceEquals(next, Plan))
            {
                return false;
            }

            Plan = _hold!.Change(next);
            return true;
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, _key.Text, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    public ValueTask DisposeAsync() => _hold?.DisposeAsync() ?? ValueTask.CompletedTask;

    private RecoveryStep NextStep(CancellationToken cancellationToken)
    {
        if (!services.Options.RetrySubmissions || cancellationToken.IsCancellationRequested)
        {
            return default;
        }

        (var step, _recovery) = _recovery.After(_answer!.Outcome, _answer.RetryAfter, call.Request.AllowSmallerSize, Jitter.Next());
        return step;
    }

    /// <returns>What to submit next; null for nothing.</returns>
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
