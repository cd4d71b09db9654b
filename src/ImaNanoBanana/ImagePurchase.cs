using System.Runtime.CompilerServices;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Tasks;
using ImaNanoBanana.Transport;
using ImaNanoBanana.Uploads;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana;

/// <summary>
/// Turns one plan into one bought task: uploads its images, sends the create and, when it was definitely refused or never
/// left, follows the recovery. At most one of its creates is ever accepted or of unknown outcome, and that one is the last.
/// </summary>
internal sealed class ImagePurchase(
    ProductCatalog catalog,
    ImageUploader uploader,
    TaskSubmitter submitter,
    ImaNanoBananaOptions options,
    TimeProvider time,
    RequestLimiter limiter,
    ILogger logger)
{
    /// <param name="plan">What to order.</param>
    /// <param name="mostCredits">The most that a changed order may cost: what was shown, else what the caller allows.</param>
    /// <param name="operationKey">The key of the purchase.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>What happens, each change before it is ordered; the last item carries the task.</returns>
    /// <exception cref="ImaException">It was not bought, or nobody can tell.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception says what is known.</exception>
    public async IAsyncEnumerable<ImageProgress> RunAsync(
        ImagePlan plan, decimal mostCredits, string operationKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (plan.HasLocalInputs)
        {
            yield return Item(ImageStage.Uploading, plan);
            plan = await UploadedAsync(plan, operationKey, cancellationToken).ConfigureAwait(false);
        }

        yield return Item(ImageStage.Submitting, plan);
        var recovery = new SubmissionRecovery();
        while (true)
        {
            await Unordered.RunAsync(operationKey, () => limiter.WaitAsync(cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
            var answer = await submitter.SubmitAsync(plan, operationKey, cancellationToken).ConfigureAwait(false);
            if (answer.Outcome.Kind == SubmissionOutcomeKind.Accepted)
            {
                // Also when the caller cancelled meanwhile: what is bought is handed over.
                yield return Accepted(answer.Task!);
                yield break;
            }

            RecoveryStep step = default;
            if (options.RetryOrders && !cancellationToken.IsCancellationRequested)
            {
                (step, recovery) = recovery.After(answer.Outcome, answer.RetryAfter, plan.Request.AllowSmallerSize, Jitter.Next());
            }

            var next = await FollowAsync(step, plan, answer.Outcome, mostCredits, operationKey, cancellationToken).ConfigureAwait(false)
                ?? throw SubmissionErrors.Of(answer, plan, operationKey, cancellationToken);
            ImaLog.OrderFollowed(logger, operationKey, answer.Outcome.Kind.ToString(), answer.Outcome.Code, step.Kind.ToString());
            if (!ReferenceEquals(next, plan))
            {
                plan = next;
                yield return Item(ImageStage.Submitting, plan);
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
                var again = await Unordered.RunAsync(operationKey, () => PlanAgainAsync(plan, cancellationToken), cancellationToken).ConfigureAwait(false);
                return again is null || again.Credits <= mostCredits
                    ? again
                    : throw SubmissionErrors.PriceChanged(outcome, plan, again, mostCredits, operationKey);
            default:
                return null;
        }
    }

    /// <returns>The same request by the newest product list; null when that is the same order, or when it cannot be ordered any more.</returns>
    private async Task<ImagePlan?> PlanAgainAsync(ImagePlan plan, CancellationToken cancellationToken)
    {
        try
        {
            var versions = await catalog.GetAsync(
                plan.TaskType, plan.Request.Language ?? options.Language, refresh: true, cancellationToken).ConfigureAwait(false);

            // What it may cost is decided by the caller of this method, who knows both prices.
            var again = ImagePlanner.Plan(versions, plan.Request with { MaxCredits = null }, plan.Inputs);
            var changes = PlanChanges.Between(plan, again);
            return changes.Count == 0 ? null : again with { Adjustments = [.. plan.Adjustments, .. changes] };
        }
        catch (ImaException)
        {
            // The refusal of the order is the error to tell, not that of its repetition.
            return null;
        }
    }

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
