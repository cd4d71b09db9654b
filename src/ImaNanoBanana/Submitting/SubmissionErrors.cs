using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Options;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Submitting;

/// <summary>The errors for creates that were not accepted (careful client, section 6). Pure.</summary>
internal static class SubmissionErrors
{
    /// <param name="answer">What the last create came to.</param>
    /// <param name="plan">What was ordered by it.</param>
    /// <param name="idempotencyKey">The key of the purchase.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static Exception Create(SubmissionAnswer answer, ImagePlan plan, string idempotencyKey, CancellationToken cancellationToken)
    {
        var error = Typed(answer, plan, idempotencyKey);
        return cancellationToken.IsCancellationRequested
            ? new ImageGenerationCanceledException(error.ChargeStatus, Cancelled(error), error, cancellationToken)
            {
                Task = answer.Task,
                IdempotencyKey = idempotencyKey,
            }
            : error;
    }

    /// <summary>The order was refused because of its price, and now costs more than was shown or allowed.</summary>
    public static ImaException PriceChanged(
        SubmissionOutcome outcome, ImagePlan refused, ImagePlan dearer, decimal allowed, string idempotencyKey) => new(
        ImaErrorKind.PriceChanged,
        FormattableString.Invariant($"The order was refused because its price has changed: it costs {dearer.Credits} credits now, ")
            + FormattableString.Invariant($"and {allowed} were shown or allowed. No credits were spent; ask for a new quote."))
        {
            Code = outcome.Code,
            AllowedCredits = allowed,
            RequiredCredits = dearer.Credits,
            Adjustments = refused.Adjustments,
            IdempotencyKey = idempotencyKey,
        };

    public static ImageGenerationCanceledException CancelledButCharged(ImageTask task, CancellationToken cancellationToken) => new(
        ImaChargeStatus.Charged,
        $"Cancelled after the order was accepted as task {task.Id}. It is paid for and goes on: watch it, do not order again.",
        cancellationToken: cancellationToken)
    {
        Task = task,
        IdempotencyKey = task.IdempotencyKey,
    };

    private static ImaException Typed(SubmissionAnswer answer, ImagePlan plan, string idempotencyKey)
    {
        var outcome = answer.Outcome;
        var (kind, text) = (outcome.Kind, outcome.Code) switch
        {
            (SubmissionOutcomeKind.NotSent, _) => (ImaErrorKind.NotSent,
                $"The order was not sent: {answer.Failure?.Message ?? "no connection."} No credits were spent; trying again is safe."),
            (SubmissionOutcomeKind.Unknown, _) => (ImaErrorKind.OutcomeUnknown, UnknownText(outcome, answer.Failure, idempotencyKey)),
            (_, ServiceCode.SubscriptionRequired) => (ImaErrorKind.Rejected, ErrorText.SubscriptionRequired + " No credits were spent."),
            (_, ServiceCode.Forbidden) when ServiceWords.AreAboutThePrompt(outcome.Message) =>
                (ImaErrorKind.Rejected, RejectedText(outcome)),
            (_, ServiceCode.Unauthorized or ServiceCode.Forbidden) =>
                (ImaErrorKind.Unauthorized, ErrorText.Unauthorized + " No credits were spent."),
            (_, ServiceCode.InsufficientPoints) => (ImaErrorKind.InsufficientCredits,
                "Not enough credits for this image. Buy credits: " + ServicePages.Subscriptions + " . No credits were spent."),
            (_, ServiceCode.RateLimit) => (ImaErrorKind.RateLimited,
                $"The service refused the order because of too many requests. No credits were spent; wait "
                    + $"{ErrorText.Wait(answer.RetryAfter)} and try again."),
            _ => (ImaErrorKind.Rejected, RejectedText(outcome)),
        };
        return new ImaException(kind, text, answer.Failure)
        {
            Code = outcome.Code,
            RetryAfter = answer.RetryAfter,
            ServiceMessage = outcome.Message,
            Task = answer.Task,
            Adjustments = plan.Adjustments,
            IdempotencyKey = idempotencyKey,
        };
    }

    private static string RejectedText(SubmissionOutcome outcome) =>
        $"The service refused the order with code {outcome.Code}: "
            + $"{UntrustedText.Line(outcome.Message)?.TrimEnd('.') ?? "no reason given"}. No credits were spent.";

    private static string UnknownText(SubmissionOutcome outcome, Exception? failure, string idempotencyKey)
    {
        var reason = UnknownReason(outcome, failure);
        return $"The order was sent, and its outcome is unknown ({reason.TrimEnd('.')}). Credits may have been spent: do not order "
            + $"again without checking your account. Idempotency key: {idempotencyKey}.";
    }

    private static string UnknownReason(SubmissionOutcome outcome, Exception? failure)
    {
        if (outcome is { TaskId: not null, Code: null })
        {
            return $"the answer carries the task {outcome.TaskId}, and contradicts itself or is damaged";
        }

        if (outcome.TaskId is not null)
        {
            return $"the answer carries the task {outcome.TaskId} together with the failure {outcome.Code}";
        }

        if (failure is not null)
        {
            return failure.Message;
        }

        if (outcome.Code is not null)
        {
            return $"the service answered {outcome.Code}";
        }

        return "the answer carries no task id";
    }

    private static string Cancelled(ImaException error) => error.ChargeStatus switch
    {
        ImaChargeStatus.NotCharged => "Cancelled; no credits were spent.",
        _ => "Cancelled while an order was under way. " + error.Message,
    };
}
