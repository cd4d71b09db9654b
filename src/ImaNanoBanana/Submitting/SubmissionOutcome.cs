using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Submitting;

/// <summary>What became of a create, decided from its record and nothing else (careful client, section 2, first table). Pure.</summary>
/// <param name="Kind">The outcome.</param>
internal sealed record SubmissionOutcome(SubmissionOutcomeKind Kind)
{
    /// <summary>The task's id: always with an accepted create, sometimes with an unknown one.</summary>
    public string? TaskId { get; private init; }

    /// <summary>Whether the answer names a task, also one whose id cannot be read.</summary>
    private bool NamesTask { get; init; }

    /// <summary>The code of a refusal: the service's, else the HTTP status.</summary>
    public int? Code { get; private init; }

    /// <summary>The service's own words.</summary>
    public string? Message { get; private init; }

    public static SubmissionOutcome FromRecord(SubmissionRecord record)
    {
        var outcome = FromAnswer(record);

        // An answer to a create that never left cannot be about it, unless it settles the matter.
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

        var answer = ApiAnswer.Read(status, record.Body);
        var words = CreateAnswer.Read(record.Body);

        // Two codes contradict each other, or one of them is not the service's: neither is believed.
        var code = words.Codes > 1 ? new ApiCode(ApiCodeState.None, 0) : answer.Code;
        var message = answer.Message;
        if (words.HasUnreadableId)
        {
            return new SubmissionOutcome(SubmissionOutcomeKind.Unknown) { NamesTask = true, TaskId = words.TaskId, Message = message };
        }

        if (words.TaskId is { } taskId)
        {
            // A status or a code that contradicts the id: it may have been bought, and the id is the way to find out.
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

            // Only the service's own envelope speaks for the service; a gateway's page does not.
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
