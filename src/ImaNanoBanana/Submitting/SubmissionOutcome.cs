using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Submitting;

/// <summary>Represents the outcome of a create request, determined from its record and nothing else. Pure.</summary>
/// <param name="Kind">The outcome.</param>
internal sealed record SubmissionOutcome(SubmissionOutcomeKind Kind)
{
    /// <summary>The id of the task: always set if the outcome is accepted, sometimes if it is unknown.</summary>
    public string? TaskId { get; private init; }

    /// <summary>Whether the response names a task, even if its id cannot be read.</summary>
    private bool NamesTask { get; init; }

    /// <summary>The code of a rejection: the code of the service, otherwise the HTTP status.</summary>
    public int? Code { get; private init; }

    /// <summary>The message of the service.</summary>
    public string? Message { get; private init; }

    public static SubmissionOutcome FromRecord(SubmissionRecord record)
    {
        var outcome = FromAnswer(record);

        // If the create request was never sent, a response cannot be about it, unless the response settles the outcome or names a task.
        return outcome is { Kind: SubmissionOutcomeKind.Unknown, NamesTask: false } && !record.WasSent
            ? new SubmissionOutcome(SubmissionOutcomeKind.NotSent)
            : outcome;
    }

    private static SubmissionOutcome FromAnswer(SubmissionRecord record)
    {
        if (record.StatusCode is not { } status)
        {
            return new SubmissionOutcome(SubmissionOutcomeKind.Unknown);
        }

        using var answer = ApiAnswer.Read(status, record.Body);
        var words = CreateAnswer.Read(record.Body);

        // Two codes contradict each other, or one of them does not come from the service. Neither is used.
        var code = words.Codes > 1 ? new ApiCode(ApiCodeState.None, 0) : answer.Code;
        var message = answer.Message;
        if (words.HasUnreadableId)
        {
            return new SubmissionOutcome(SubmissionOutcomeKind.Unknown) { NamesTask = true, TaskId = words.TaskId, Message = message };
        }

        if (words.TaskId is { } taskId)
        {
            // The status or the code contradicts the id: the task may have been charged, and the id is the way to find out.
            var isClear = answer.IsHttpSuccess && answer.Envelope is not null && !code.IsFailure && words.Codes < 2;
            return new SubmissionOutcome(isClear ? SubmissionOutcomeKind.Accepted : SubmissionOutcomeKind.Unknown)
            {
                NamesTask = true,
                TaskId = taskId,
                Code = code.IsFailure ? code.Effective(message) : answer.IsHttpSuccess ? null : status,
                Message = message,
            };
        }

        var refused = status switch
        {
            429 => true,
            >= 200 and < 300 => code.IsFailure,
            301 or 302 or 307 or 308 => true,
            408 => false,
            >= 400 and < 500 => true,

            // Only the envelope of the service comes from the service; the error page of a gateway does not.
            500 => code.State is ApiCodeState.Failure or ApiCodeState.Success,
            _ => false,
        };
        return new SubmissionOutcome(refused ? SubmissionOutcomeKind.Rejected : SubmissionOutcomeKind.Unknown)
        {
            Code = status == 429 ? status
                : code.IsFailure ? code.Effective(message)
                : answer.IsHttpSuccess ? null
                : ApiCode.FromStatus(status, message),
            Message = message,
        };
    }
}
