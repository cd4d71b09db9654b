using System.Runtime.CompilerServices;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// Turns one request or quote into one task: finds the task that the idempotency key may already have, plans, reserves the credits,
/// uploads the images, waits for the request gate, claims the key, submits and handles a rejection. Each step is a method of
/// <see cref="SubmissionRun"/>.
/// </summary>
internal sealed class ImageSubmitter(SubmissionServices services)
{
    /// <summary>
    /// Determines the price of a request. If the request has a key that already has a task, the quote contains this task. A journal that
    /// cannot be read does not keep the price from the caller.
    /// </summary>
    /// <exception cref="ImaException">The request cannot be submitted, or the product list is unavailable.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled.</exception>
    public async Task<ImageQuote> QuoteAsync(ImageRequest request, CancellationToken cancellationToken)
    {
        var quote = await services.Planner.QuoteAsync(request, cancellationToken).ConfigureAwait(false);
        if (request.IdempotencyKey is not { } key)
        {
            return quote;
        }

        try
        {
            var entry = await services.Journal.KnownAsync(key, cancellationToken).ConfigureAwait(false);
            return entry?.Task is null || entry.IsUnknown || !await IsOfAsync(entry, quote.Plan!, cancellationToken).ConfigureAwait(false)
                ? quote
                : quote with { SubmittedTask = JournalRules.Task(entry) };
        }
        catch (ImaException)
        {
            return quote;
        }
        catch (Exception exception) when (PreparationErrors.InPlaceOf(exception, key, cancellationToken) is { } error)
        {
            throw error;
        }
    }

    /// <param name="call">The request or quote to submit.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The progress items. Each change is reported before it is submitted; the last item carries the task.</returns>
    /// <exception cref="ImaException">There is no task, or the outcome is unknown.</exception>
    /// <exception cref="ImageGenerationCanceledException">The caller cancelled; the exception contains what is known.</exception>
    public async IAsyncEnumerable<ImageProgress> SubmitAsync(
        SubmissionCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var run = new SubmissionRun(services, call);
        await using var _ = run.ConfigureAwait(false);
        if (call.QuotedPlan is null)
        {
            yield return new ImageProgress(ImageStage.Preparing);
        }

        var task = await run.FindAsync(cancellationToken).ConfigureAwait(false);
        if (task is not null)
        {
            yield return Accepted(task);
            yield break;
        }

        await run.PlanAsync(cancellationToken).ConfigureAwait(false);
        run.CheckPause();
        await run.HoldAsync(cancellationToken).ConfigureAwait(false);
        if (run.Plan!.HasLocalInputs)
        {
            yield return Item(ImageStage.Uploading, run);
            await run.UploadAsync(cancellationToken).ConfigureAwait(false);
        }

        yield return Item(ImageStage.Submitting, run);
        await run.WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
        task = await run.ClaimAsync(cancellationToken).ConfigureAwait(false)
            ?? await run.SubmitAsync(cancellationToken).ConfigureAwait(false);

        // FollowAsync throws unless another create request is allowed. After an unknown outcome it always throws.
        while (task is null)
        {
            if (await run.FollowAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return Item(ImageStage.Submitting, run);
            }

            await run.WaitForTurnAsync(cancellationToken).ConfigureAwait(false);
            task = await run.SubmitAsync(cancellationToken).ConfigureAwait(false);
        }

        // Also if the caller cancelled in the meantime: a charged task is always delivered.
        yield return Accepted(task);
    }

    private async Task<bool> IsOfAsync(TaskJournalEntry entry, ImagePlan plan, CancellationToken cancellationToken) =>
        entry.RequestHash == await services.Planner.HashAsync(plan.Request, plan.Inputs, cancellationToken).ConfigureAwait(false);

    private static ImageProgress Item(ImageStage stage, SubmissionRun run) =>
        new(stage) { Credits = run.Plan!.Credits, Adjustments = run.Plan.Adjustments };

    private static ImageProgress Accepted(ImageTask task) => new(ImageStage.Accepted)
    {
        Task = task,
        Credits = task.Credits,
        Adjustments = task.Adjustments,
        Percent = task.MaxExpectedDuration is null ? null : 0,
    };
}
