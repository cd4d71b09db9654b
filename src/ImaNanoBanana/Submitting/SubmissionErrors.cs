using System.Globalization;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Options;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Submitting;

/// <summary>Creates the errors for create requests that were not accepted. Pure.</summary>
internal static class SubmissionErrors
{
    /// <param name="answer">The result of the last create request.</param>
    /// <param name="plan">The plan that was submitted.</param>
    /// <param name="idempotencyKey">The idempotency key of the submission.</param>
    /// <param name="isRecorded">Whether the journal has an entry of the submission.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static Exception Create(
        SubmissionAnswer answer, ImagePlan plan, string idempotencyKey, bool isRecorded, CancellationToken cancellationToken)
    {
        var error = Typed(answer, plan, idempotencyKey, isRecorded);
        return cancellationToken.IsCancellationRequested
            ? new ImageGenerationCanceledException(error.ChargeStatus, Cancelled(error), error, cancellationToken)
            {
                Task = answer.Task,
                IdempotencyKey = idempotencyKey,
            }
            : error;
    }

    /// <summary>The ledger of a budget failed before a create request. Without the reservation, nothing is sent.</summary>
    public static ImaException LedgerFailed(string idempotencyKey, Exception cause) => new(
        ImaErrorKind.NotSent,
        $"The credit ledger failed ({AppCallback.Message(cause).TrimEnd('.')}). Without a reservation, no create request is sent. No "
            + "credits were spent. Submitting again is safe.",
        cause)
    {
        IdempotencyKey = idempotencyKey,
    };

    /// <param name="plan">The plan.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="left">The credits that remain.</param>
    /// <param name="freeAfter">The time until enough credits are free again; null if that is unknown or never happens.</param>
    public static ImaException BudgetExceeded(ImagePlan plan, CreditBudget budget, decimal left, TimeSpan? freeAfter = null)
    {
        var period = budget.Period is { } length ? " in " + Durations.Describe(length, Durations.EnglishUnits) : "";
        var wait = freeAfter is { } time ? $"Enough credits are free again in {Durations.Describe(time, Durations.EnglishUnits)}. " : "";
        return new ImaException(
            ImaErrorKind.BudgetExceeded,
            string.Create(CultureInfo.InvariantCulture, $"The request costs {plan.Credits} credits, but only {left} credits remain ")
                + string.Create(CultureInfo.InvariantCulture, $"of the budget of {budget.Limit} credits{period}. ")
                + wait + "Change the request or the budget. No credits were spent.")
        {
            AllowedCredits = left,
            RequiredCredits = plan.Credits,
            RetryAfter = freeAfter,
        };
    }

    /// <summary>The request gate of the app failed. Without its permission, nothing is sent.</summary>
    public static ImaException GateFailed(string idempotencyKey, Exception cause) => new(
        ImaErrorKind.NotSent,
        $"The request gate failed ({AppCallback.Message(cause).TrimEnd('.')}). Without its permission, no create request is sent. No "
            + "credits were spent. Submitting again is safe.",
        cause)
    {
        IdempotencyKey = idempotencyKey,
    };

    /// <summary>The service refused an earlier create request and asked to wait longer than the client waits.</summary>
    /// <param name="idempotencyKey">The idempotency key of the submission.</param>
    /// <param name="left">What is left of the time that the service asked for.</param>
    public static ImaException Paused(string idempotencyKey, TimeSpan left) => new(
        ImaErrorKind.RateLimited,
        "The service refused an earlier submission because of too many requests, so this one was not sent. Wait "
            + $"{ErrorText.Wait(left)} and submit again. No credits were spent.")
    {
        Code = ServiceCode.RateLimit,
        RetryAfter = left,
        IdempotencyKey = idempotencyKey,
    };

    /// <summary>The submission was rejected because of its price, and now costs more than was shown or allowed.</summary>
    public static ImaException PriceChanged(
        SubmissionOutcome outcome, ImagePlan refused, ImagePlan replanned, decimal allowed, string idempotencyKey) => new(
        ImaErrorKind.PriceChanged,
        FormattableString.Invariant($"The service rejected the submission because its price has changed: it now costs {replanned.Credits} ")
            + FormattableString.Invariant($"credits, but only {allowed} were shown or allowed. Get a new quote. No credits were spent."))
        {
            Code = outcome.Code,
            AllowedCredits = allowed,
            RequiredCredits = replanned.Credits,
            Adjustments = refused.Adjustments,
            IdempotencyKey = idempotencyKey,
        };

    public static ImageGenerationCanceledException CancelledButCharged(ImageTask task, CancellationToken cancellationToken) => new(
        ImaChargeStatus.Charged,
        $"Cancelled after the request was accepted as task {task.Id}. Credits were spent, and the task continues. Do not submit it "
            + "again: watch the task.",
        cancellationToken: cancellationToken)
    {
        Task = task,
        IdempotencyKey = task.IdempotencyKey,
    };

    private static ImaException Typed(SubmissionAnswer answer, ImagePlan plan, string idempotencyKey, bool isRecorded)
    {
        var outcome = answer.Outcome;
        var (kind, text) = (outcome.Kind, outcome.Code) switch
        {
            (SubmissionOutcomeKind.NotSent, _) => (ImaErrorKind.NotSent,
                $"The create request was not sent: {Reason(answer.Failure)}. No credits were spent. "
                    + "Submitting again is safe."),
            (SubmissionOutcomeKind.Unknown, _) => (ImaErrorKind.OutcomeUnknown, UnknownText(
                outcome, answer.Failure, idempotencyKey, isRecorded)),
            (_, ServiceCode.SubscriptionRequired) => (ImaErrorKind.Rejected, ErrorText.SubscriptionRequired + " No credits were spent."),
            (_, ServiceCode.Forbidden) when ServiceWords.AreAboutThePrompt(outcome.Message) =>
                (ImaErrorKind.Rejected, RejectedText(outcome)),
            (_, ServiceCode.Unauthorized or ServiceCode.Forbidden) =>
                (ImaErrorKind.Unauthorized, ErrorText.Unauthorized + " No credits were spent."),
            (_, ServiceCode.InsufficientPoints) => (ImaErrorKind.InsufficientCredits,
                "Not enough credits for this image. Buy credits: " + ServicePages.Subscriptions + " . No credits were spent."),
            (_, ServiceCode.RateLimit) => (ImaErrorKind.RateLimited,
                "The service rejected the submission because of too many requests. Wait "
                    + $"{ErrorText.Wait(answer.RetryAfter)} and submit again. No credits were spent."),
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

    private static string Reason(Exception? failure) =>
        failure is null ? "no connection" : AppCallback.Message(failure).TrimEnd('.');

    private static string RejectedText(SubmissionOutcome outcome) =>
        $"The service rejected the submission with code {outcome.Code}: "
            + $"{UntrustedText.Line(outcome.Message)?.TrimEnd('.') ?? "no reason given"}. No credits were spent.";

    private static string UnknownText(
        SubmissionOutcome outcome, Exception? failure, string idempotencyKey, bool isRecorded)
    {
        var reason = UnknownReason(outcome, failure);
        return $"The create request was sent, but no response says what became of it ({reason.TrimEnd('.')}). Credits may have been "
            + $"spent. Do not submit it again: check your account history. {Resolution(isRecorded)}Idempotency key: {idempotencyKey}.";
    }

    /// <summary>What the journal offers. Without an entry there is nothing to attach a task to.</summary>
    private static string Resolution(bool isRecorded) => isRecorded
        ? "If it was charged, attach the task to the journal entry with AttachTaskAsync. If it was not charged, remove the entry with "
            + "RemoveAsync. "
        : "";

    private static string UnknownReason(SubmissionOutcome outcome, Exception? failure)
    {
        if (outcome is { TaskId: not null, Code: null })
        {
            return $"the response contains the task {outcome.TaskId}, but is contradictory or damaged";
        }

        if (outcome.TaskId is not null)
        {
            return $"the response contains the task {outcome.TaskId} together with the error code {outcome.Code}";
        }

        if (failure is not null)
        {
            return AppCallback.Message(failure);
        }

        if (outcome.Code is not null)
        {
            return $"the service returned code {outcome.Code}";
        }

        return "the response contains no task id";
    }

    private static string Cancelled(ImaException error) => error.ChargeStatus switch
    {
        ImaChargeStatus.NotCharged => "Cancelled. No credits were spent.",
        _ => "Cancelled while a create request was in progress. " + error.Message,
    };
}
