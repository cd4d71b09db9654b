using ImaNanoBanana.OpenApi;

namespace ImaNanoBanana.Tasks;

/// <summary>The errors for creates that were not accepted (careful client, section 6). Pure.</summary>
internal static class SubmissionErrors
{
    public static Exception Of(
        SubmissionOutcome outcome, Exception? failure, ImageTask? task, string operationKey, CancellationToken cancellationToken)
    {
        var error = Typed(outcome, failure, task, operationKey);
        return cancellationToken.IsCancellationRequested
            ? new ImageGenerationCanceledException(error.Charge, Cancelled(error), error, cancellationToken)
            {
                Task = task,
                OperationKey = operationKey,
            }
            : error;
    }

    public static ImageGenerationCanceledException CancelledButBought(ImageTask task, CancellationToken cancellationToken) => new(
        ImaCharge.Yes,
        $"Cancelled after the order was accepted as task {task.Id}. It is paid for and goes on: watch it, do not order again.",
        cancellationToken: cancellationToken)
    {
        Task = task,
        OperationKey = task.OperationKey,
    };

    private static ImaException Typed(SubmissionOutcome outcome, Exception? failure, ImageTask? task, string operationKey)
    {
        var (kind, text) = (outcome.Kind, outcome.Code) switch
        {
            (SubmissionOutcomeKind.NotSent, _) => (ImaErrorKind.NotSent,
                $"The order was not sent: {failure?.Message ?? "no connection."} No credits were spent; trying again is safe."),
            (SubmissionOutcomeKind.Unknown, _) => (ImaErrorKind.OutcomeUnknown, UnknownText(outcome, failure, operationKey)),
            (_, ApiCode.Unauthorized or ApiCode.Forbidden) => (ImaErrorKind.Unauthorized, ErrorText.Unauthorized + " No credits were spent."),
            (_, ApiCode.InsufficientPoints) => (ImaErrorKind.InsufficientCredits,
                "Not enough credits for this image. Buy credits: " + ErrorText.CreditsPage + " . No credits were spent."),
            (_, ApiCode.RateLimit) => (ImaErrorKind.RateLimited,
                "The service refused the order because of too many requests. No credits were spent; wait a moment and try again."),
            _ => (ImaErrorKind.Rejected,
                $"The service refused the order with code {outcome.Code}: {ErrorText.Bounded(outcome.Message) ?? "no reason given"}. No credits were spent."),
        };
        return new ImaException(kind, text, failure) { Code = outcome.Code, Task = task, OperationKey = operationKey };
    }

    private static string UnknownText(SubmissionOutcome outcome, Exception? failure, string operationKey)
    {
        var reason = outcome.TaskId is not null ? $"the answer carries the task {outcome.TaskId} together with the failure {outcome.Code}"
            : failure is not null ? failure.Message
            : outcome.Code is not null ? $"the service answered {outcome.Code}"
            : "the answer carries no task id";
        return $"The order was sent, and its outcome is unknown ({reason.TrimEnd('.')}). Credits may have been spent: do not order again without checking your account. Operation key: {operationKey}.";
    }

    private static string Cancelled(ImaException error) => error.Charge switch
    {
        ImaCharge.No => "Cancelled; no credits were spent.",
        _ => "Cancelled while an order was under way. " + error.Message,
    };
}
