using System.Globalization;
using System.Net.Sockets;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Maps the exception of a tool to the facts of the error. Pure.</summary>
internal static class Failures
{
    /// <summary>The code of the service for a request that the plan of the account does not include.</summary>
    private const int SubscriptionRequired = 4014;

    /// <param name="exception">The exception.</param>
    /// <param name="isSubmission">Whether the call may be charged.</param>
    /// <param name="isOfTask">Whether the call is about a task. If the journal cannot be read, it is unknown whether that task was
    /// charged.</param>
    /// <param name="settings">The language, and whether the user is on another machine: such a user learns nothing about this one.</param>
    public static ErrorFacts FromException(Exception exception, bool isSubmission, bool isOfTask, ServerSettings settings)
    {
        var facts = FromException(exception, isSubmission, isOfTask, settings.Say);
        return settings.IsRemote && IsOfThisMachine(exception)
            ? facts with { Detail = null, Reason = exception is ImaException ? facts.Reason : Failed(settings.Say) }
            : facts;
    }

    /// <summary>Whether an error comes from the files or the database of this machine, so that its text may name them.</summary>
    private static bool IsOfThisMachine(Exception exception) => exception switch
    {
        ToolException => false,
        ImaException error => error.InnerException is { } inner && IsOfThisMachine(inner),
        HttpRequestException or SocketException or OperationCanceledException => false,
        _ => true,
    };

    private static string Failed(Wording say) => say["The server failed.", "服务器出错。"];

    private static ErrorFacts FromException(Exception exception, bool isSubmission, bool isOfTask, Wording say) => exception switch
    {
        ToolException error => error.Facts,

        ImaException error => FromException(error, isSubmission, say),
        ImageGenerationCanceledException cancelled => new ErrorFacts
        {
            Kind = "Cancelled",
            Reason = say["The call was cancelled.", "调用已取消。"],
            Suggestion = cancelled.ChargeStatus == ImaChargeStatus.NotCharged
                ? null
                : AskForTask(cancelled.Task?.Id ?? cancelled.IdempotencyKey, say),
            CreditsSpent = CreditsSpent.FromCharge(cancelled.ChargeStatus),
            Retry = cancelled.ChargeStatus == ImaChargeStatus.NotCharged ? RetryWord.Safe : RetryWord.Never,
            TaskId = cancelled.Task?.Id,
            Handle = cancelled.Task?.ToHandle(),
            IdempotencyKey = cancelled.IdempotencyKey,
        },

        // If a submission may have been sent, the SDK throws its own exception type instead.
        OperationCanceledException => new ErrorFacts
        {
            Kind = "Cancelled",
            Reason = isOfTask && !isSubmission
                ? say["The time of the call ended.", "调用超时。"]
                : say["The time of the call ended before anything was submitted.", "调用超时，尚未提交请求。"],
            CreditsSpent = isOfTask && !isSubmission ? CreditsSpent.Unknown : CreditsSpent.No,
            Retry = RetryWord.Safe,
        },
        IOException or UnauthorizedAccessException => new ErrorFacts
        {
            Kind = "File",
            Reason = exception.Message,
            CreditsSpent = isOfTask ? CreditsSpent.Unknown : CreditsSpent.No,
            Retry = RetryWord.After,
        },

        // A bug in this program. It is unknown how far the call got.
        _ => new ErrorFacts
        {
            Kind = "Internal",
            Reason = Failed(say),
            Suggestion = say[
                "Call get_image_task without a handle to list the submitted tasks.", "请调用 get_image_task（不传 handle），列出已提交的任务。"],
            Detail = $"{exception.GetType().Name}: {exception.Message}",
            CreditsSpent = isSubmission ? CreditsSpent.Unknown : CreditsSpent.No,
            Retry = isSubmission ? RetryWord.Never : RetryWord.Safe,
        },
    };

    /// <summary>Creates the error for a journal entry whose outcome is unknown.</summary>
    public static ImaException Unknown(TaskJournalEntry entry) => new(
        ImaErrorKind.OutcomeUnknown,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Submission {entry.IdempotencyKey} of {entry.ClaimedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC was sent, ")
            + "but the journal has no response to it. Credits may have been spent. The server does not submit it again on its own.")
    {
        IdempotencyKey = entry.IdempotencyKey,
        Task = entry.Task,
    };

    /// <summary>Creates the error for a journal or budget that could not be read before a submission.</summary>
    public static ErrorFacts StoreUnreadable(Exception exception, ServerSettings settings) => new()
    {
        Kind = nameof(ImaErrorKind.NotSent),
        Reason = settings.Say[
            "The journal or the budget could not be read. Nothing was submitted.", "无法读取任务日志或预算，因此未提交请求。"],
        Suggestion = settings.Say["Try again. If it fails again, tell the person who runs the server.", "请重试；如果仍然失败，请告知运行服务器的用户。"],
        Detail = settings.IsRemote ? null : exception.Message,
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.Safe,
    };

    private static ErrorFacts FromException(ImaException error, bool isSubmission, Wording say)
    {
        var advice = error.GetAdvice(say.Language);
        return new ErrorFacts
        {
            Kind = error.Kind.ToString(),
            Reason = advice.Reason,
            Suggestion = Suggestion(error, advice.Suggestion, say),
            Detail = error.Message,
            CreditsSpent = CreditsSpent.FromCharge(error.ChargeStatus),
            Retry = error is { Code: SubscriptionRequired, ChargeStatus: ImaChargeStatus.NotCharged }
                ? RetryWord.After
                : RetryWord.FromKind(error.Kind, error.RetryAfter is not null, isSubmission),
            RetryAfterSeconds = error.RetryAfter is { } after ? Math.Ceiling(after.TotalSeconds) : null,
            TaskId = error.Task?.Id,
            Handle = error.Task?.ToHandle(),
            IdempotencyKey = error.IdempotencyKey,
            Parameter = error.ParameterName,
            Offered = error.AllowedValues.Count == 0 ? null : error.AllowedValues,
            RequiredCredits = error.RequiredCredits,
            AllowedCredits = error.AllowedCredits,
            ReadyUrls = error.ReadyImages.Count == 0 ? null : [.. error.ReadyImages.Select(image => image.Url.OriginalString)],
        };
    }

    private static string? Suggestion(ImaException error, string suggestion, Wording say)
    {
        var more = error.Kind switch
        {
            ImaErrorKind.OutcomeUnknown => say[
                "Ask the person to check the account history (https://imagent.bot). Only a call with a `variation` submits it again. "
                    + "Make that call only if the person wants it.",
                "请让用户查看账户记录（https://imagent.bot）。只有在用户要求时，才可传入 `variation` 重新提交。"],
            ImaErrorKind.TaskFailed => say[
                "The same call returns this failed task. To submit it again, at a new charge, pass a `variation`.",
                "相同的调用会返回这个失败的任务。如需重新提交（会再次扣费），请传入 `variation`。"],
            ImaErrorKind.TimedOut or ImaErrorKind.WatchFailed or ImaErrorKind.DownloadFailed => AskForTask(error.Task?.Id, say),
            _ => null,
        };
        return string.Join(
            say[" ", ""], new[] { Sentence(suggestion, say), more }.Where(text => !string.IsNullOrEmpty(text))) is { Length: > 0 } text
            ? text
            : null;
    }

    private static string Sentence(string text, Wording say) =>
        text.Length == 0 || text.Contains("://", StringComparison.Ordinal) ? text : text + say[".", "。"];

    private static string? AskForTask(string? handle, Wording say) => handle is null
        ? null
        : say[
            $"Call get_image_task with handle \"{handle}\". Never call generate_image or edit_image again for it.",
            $"请调用 get_image_task，并将 handle 设为“{handle}”。切勿为此请求再次调用 generate_image 或 edit_image。"];
}
