using System.Runtime.CompilerServices;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Requests;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Uploads;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// Turns one request or quote into one bought task: looks for the task that its key may have already, plans, holds the
/// credits, uploads the images, claims the key, sends the create and, when that was definitely refused or never left,
/// follows the recovery. At most one of its creates is ever accepted or of unknown outcome, and that one is the last.
/// </summary>
internal sealed class ImagePurchase(
    RequestPlanner planner,
    ImageUploader uploader,
    TaskSubmitter submitter,
    PurchaseJournal journal,
    RequestLimiter limiter,
    ImaNanoBananaOptions options,
    CreditBudget? budget,
    TimeProvider time,
    ILogger logger)
{
    /// <param name="request">What to order.</param>
    /// <param name="mostCredits">The most that a changed order may cost: what was shown, else what the caller allows.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>What happens, each change before it is ordered; the last item carries the task.</returns>
    /// <exception cref="ImaException">It was not bought, or nobody can tell.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says what is known.</exception>
    public async IAsyncEnumerable<ImageProgress> RunAsync(
        ImageRequest request, Func<ImagePlan, decimal> mostCredits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = PurchaseKey.Of(request);
        yield return new ImageProgress(ImageStage.Preparing);
        var inputs = await Unordered.RunAsync(
            key.Text, () => planner.InspectAsync(request.Images, cancellationToken), cancellationToken).ConfigureAwait(false);
        var hash = await HashAsync(key, request, inputs, cancellationToken).ConfigureAwait(false);
        if (await FindAsync(key, hash, cancellationToken).ConfigureAwait(false) is { } there)
        {
            yield return Accepted(there);
            yield break;
        }

        var plan = await Unordered.RunAsync(
            key.Text, () => planner.PlanAsync(request, inputs, cancellationToken), cancellationToken).ConfigureAwait(false);
        await foreach (var item in OrderAsync(plan, mostCredits(plan), key, hash, cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    /// <summary>Orders what a quote says, at its price at most.</summary>
    /// <inheritdoc cref="RunAsync(ImageRequest, Func{ImagePlan, decimal}, CancellationToken)"/>
    public async IAsyncEnumerable<ImageProgress> RunAsync(ImagePlan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = PurchaseKey.Of(plan.Request);
        var hash = await HashAsync(key, plan.Request, plan.Inputs, cancellationToken).ConfigureAwait(false);
        if (await FindAsync(key, hash, cancellationToken).ConfigureAwait(false) is { } there)
        {
            yield return Accepted(there);
            yield break;
        }

        await foreach (var item in OrderAsync(plan, plan.Credits, key, hash, cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    private async IAsyncEnumerable<ImageProgress> OrderAsync(
        ImagePlan plan, decimal mostCredits, PurchaseKey key, string? hash, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, claimId) = (plan, Guid.NewGuid().ToString("N"));
        await CountAsync(first.Request, key.Text, cancellationToken).ConfigureAwait(false);
        var hold = Unordered.Run(key.Text, () => PurchaseHold.Take(first, options.MaxCredits, budget, claimId));

        // Until a create may have been bought, whatever ends this order leaves its credits and its key free.
        var isFree = true;
        JournalEntry? claim = null;
        ClaimLease? lease = null;
        Task<SubmissionAnswer>? late = null;
        try
        {
            if (plan.HasLocalInputs)
            {
                yield return Item(ImageStage.Uploading, plan);
                plan = await UploadedAsync(plan, key.Text, cancellationToken).ConfigureAwait(false);
            }

            yield return Item(ImageStage.Submitting, plan);
            await InLineAsync(key.Text, cancellationToken).ConfigureAwait(false);
            if (hash is not null)
            {
                var claimedAt = time.GetTimestamp();
                var entry = await NewClaimAsync(plan, key, hash, claimId, cancellationToken).ConfigureAwait(false);
                if (await ClaimAsync(entry, cancellationToken).ConfigureAwait(false) is { } there)
                {
                    yield return Accepted(there);
                    yield break;
                }

                claim = entry;
                lease = journal.Lease(entry, claimedAt);
            }

            var recovery = new SubmissionRecovery();
            while (true)
            {
                if (lease is not null && !await HoldsAsync(lease, key.Text, cancellationToken).ConfigureAwait(false))
                {
                    journal.Lost(claim!);
                    claim = null;
                    throw JournalErrors.ClaimLost(key.Text);
                }

                isFree = false;
                var answer = await submitter.SubmitAsync(plan, key.Text, cancellationToken).ConfigureAwait(false);
                isFree = answer.Outcome.Kind is SubmissionOutcomeKind.NotSent or SubmissionOutcomeKind.Rejected;
                if (!isFree && lease is not null)
                {
                    await lease.DisposeAsync().ConfigureAwait(false);
                    lease = null;
                }

                if (answer.Outcome.Kind == SubmissionOutcomeKind.Accepted)
                {
                    // Also when the caller cancelled meanwhile: what is bought is handed over.
                    yield return Accepted(claim is null ? answer.Task! : await journal.AcceptedAsync(claim, answer.Task!).ConfigureAwait(false));
                    yield break;
                }

                if (answer.Outcome.Kind == SubmissionOutcomeKind.Unknown)
                {
                    late = answer.Late;
                    await RecordUnknownAsync(claim, hold, plan, answer).ConfigureAwait(false);
                }

                RecoveryStep step = default;
                if (options.RetryOrders && !cancellationToken.IsCancellationRequested)
                {
                    (step, recovery) = recovery.After(answer.Outcome, answer.RetryAfter, plan.Request.AllowSmallerSize, Jitter.Next());
                }

                var next = await FollowAsync(step, plan, answer.Outcome, mostCredits, key.Text, cancellationToken).ConfigureAwait(false)
                    ?? throw SubmissionErrors.Of(answer, plan, key.Text, cancellationToken);
                ImaLog.OrderFollowed(logger, key.Text, answer.Outcome.Kind.ToString(), answer.Outcome.Code, step.Kind.ToString());
                if (!ReferenceEquals(next, plan))
                {
                    plan = Unordered.Run(key.Text, () => hold.Change(next));
                    yield return Item(ImageStage.Submitting, plan);
                }

                await InLineAsync(key.Text, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (lease is not null)
            {
                await lease.DisposeAsync().ConfigureAwait(false);
            }

            if (isFree)
            {
                await FreeAsync(claim, hold).ConfigureAwait(false);
            }
            else if (late is null)
            {
                hold.Spend();
            }
        }
    }

    /// <returns>The order to place next; null when there is none.</returns>
    private async Task<ImagePlan?> FollowAsync(
        RecoveryStep step, ImagePlan plan, SubmissionOutcome outcome, decimal mostCredits, string operationKey, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case RecoveryStepKind.SendAgain:
                await Unordered.RunAsync(operationKey, () => Task.Delay(step.Delay, time, cancellationToken), cancellationToken).ConfigureAwait(false);
                return plan;
            case RecoveryStepKind.ReduceSize:
                return SmallerSize.Of(plan);
            case RecoveryStepKind.PlanAgain:
                var again = await Unordered.RunAsync(operationKey, () => planner.PlanAgainAsync(plan, cancellationToken), cancellationToken).ConfigureAwait(false);
                return again is null || again.Credits <= mostCredits
                    ? again
                    : throw SubmissionErrors.PriceChanged(outcome, plan, again, mostCredits, operationKey);
            default:
                return null;
        }
    }

    /// <returns>Null where the journal is not to know the purchase.</returns>
    private async Task<string?> HashAsync(
        PurchaseKey key, ImageRequest request, IReadOnlyList<InputFact> inputs, CancellationToken cancellationToken) => journal.Remembers(key)
        ? await Unordered.RunAsync(key.Text, () => planner.HashAsync(request, inputs, cancellationToken), cancellationToken).ConfigureAwait(false)
        : null;

    /// <returns>The task that the key has already. A key that was made for this call has none.</returns>
    private async Task<ImageTask?> FindAsync(PurchaseKey key, string? hash, CancellationToken cancellationToken) => key.IsGiven
        ? await Unordered.RunAsync(key.Text, () => journal.FindAsync(key, hash!, cancellationToken), cancellationToken).ConfigureAwait(false)
        : null;

    private Task<ImageTask?> ClaimAsync(JournalEntry claim, CancellationToken cancellationToken) =>
        Unordered.RunAsync(claim.OperationKey, () => journal.ClaimAsync(claim, cancellationToken), cancellationToken);

    /// <summary>What was bought before a restart counts in the budgets that go over all of it: the client's, and a named batch's.</summary>
    private Task CountAsync(ImageRequest request, string operationKey, CancellationToken cancellationToken) => Unordered.RunAsync(
        operationKey,
        async () =>
        {
            await journal.CountAsync(budget, null, operationKey, cancellationToken).ConfigureAwait(false);
            if (request.BatchName is { } name)
            {
                await journal.CountAsync(request.BatchBudget, name, operationKey, cancellationToken).ConfigureAwait(false);
            }
        },
        cancellationToken);

    private static Task<bool> HoldsAsync(ClaimLease lease, string operationKey, CancellationToken cancellationToken) =>
        Unordered.RunAsync(operationKey, () => lease.HoldsAsync(cancellationToken), cancellationToken);

    private async Task<JournalEntry> NewClaimAsync(ImagePlan plan, PurchaseKey key, string hash, string claimId, CancellationToken cancellationToken)
    {
        var now = await Unordered.RunAsync(key.Text, () => journal.NowAsync(key.Text, cancellationToken), cancellationToken).ConfigureAwait(false);
        return new JournalEntry(key.Text, hash)
        {
            ClaimId = claimId,
            ClaimedAt = now,
            Order = OrderedTask.Of(plan, "", key.Text, now),
        };
    }

    /// <summary>An answer that comes after its caller is gone is recorded as well; until then its credits stay held.</summary>
    private async Task RecordUnknownAsync(JournalEntry? claim, PurchaseHold hold, ImagePlan plan, SubmissionAnswer answer)
    {
        if (answer.Late is { } late)
        {
            _ = RecordLateAsync(claim, hold, plan, late);
            return;
        }

        hold.Spend();
        if (claim is not null)
        {
            await journal.UnknownAsync(claim, answer.Task ?? OrderedTask.Of(plan, "", claim.OperationKey, claim.ClaimedAt)).ConfigureAwait(false);
        }
    }

    private async Task RecordLateAsync(JournalEntry? claim, PurchaseHold hold, ImagePlan plan, Task<SubmissionAnswer> late)
    {
        var answer = await late.ConfigureAwait(false);
        switch (answer.Outcome.Kind)
        {
            case SubmissionOutcomeKind.Accepted:
                hold.Spend();
                await (claim is null ? Task.CompletedTask : journal.AcceptedAsync(claim, answer.Task!)).ConfigureAwait(false);
                break;
            case SubmissionOutcomeKind.Unknown:
                await RecordUnknownAsync(claim, hold, plan, answer).ConfigureAwait(false);
                break;
            default:
                await FreeAsync(claim, hold).ConfigureAwait(false);
                break;
        }
    }

    private Task FreeAsync(JournalEntry? claim, PurchaseHold hold)
    {
        hold.Release();
        return claim is null ? Task.CompletedTask : journal.ReleaseAsync(claim);
    }

    private Task InLineAsync(string operationKey, CancellationToken cancellationToken) =>
        Unordered.RunAsync(operationKey, () => limiter.WaitAsync(cancellationToken).AsTask(), cancellationToken);

    private Task<ImagePlan> UploadedAsync(ImagePlan plan, string operationKey, CancellationToken cancellationToken) => Unordered.RunAsync(
        operationKey,
        async () => plan with { Inputs = await uploader.UploadAsync(plan.Inputs, cancellationToken).ConfigureAwait(false) },
        cancellationToken);

    private static ImageProgress Item(ImageStage stage, ImagePlan plan) =>
        new(stage) { Credits = plan.Credits, Adjustments = plan.Adjustments };

    private static ImageProgress Accepted(ImageTask task) => new(ImageStage.Accepted)
    {
        Task = task,
        Credits = task.Credits,
        Adjustments = task.Adjustments,
        Percent = task.ExpectedAtMost is null ? null : 0,
    };
}
