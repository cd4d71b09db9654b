using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Diagnostics;

/// <summary>The SDK's log events. No event contains the API key, a prompt or a URL.</summary>
internal static partial class ImaLog
{
    [LoggerMessage(1, LogLevel.Information, "Submission {IdempotencyKey} ended as {Outcome}; task {TaskId}, code {Code}")]
    public static partial void CreateEnded(ILogger logger, string idempotencyKey, string outcome, string taskId, string code);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Submission {IdempotencyKey} was answered after its caller had cancelled: {Outcome}; task {TaskId}, code {Code}")]
    public static partial void LateAnswer(ILogger logger, string idempotencyKey, string outcome, string taskId, string code);

    [LoggerMessage(3, LogLevel.Debug, "A poll of task {TaskId} failed and will be repeated: {Reason}")]
    public static partial void PollFailed(ILogger logger, string taskId, string reason);

    [LoggerMessage(
        4,
        LogLevel.Information,
        "Submission {IdempotencyKey} ended as {Outcome}, code {Code}, and was not charged. It is submitted again: {Step}")]
    public static partial void SubmissionFollowed(ILogger logger, string idempotencyKey, string outcome, string code, string step);

    [LoggerMessage(
        5,
        LogLevel.Error,
        "The journal could not record submission {IdempotencyKey}, task {TaskId}: {Reason}. "
            + "The journal keeps its earlier state, so after a crash the outcome may be unknown")]
    public static partial void JournalFailed(ILogger logger, string idempotencyKey, string taskId, string reason);

    [LoggerMessage(6, LogLevel.Information, "Submission {IdempotencyKey} already has task {TaskId}; nothing is submitted")]
    public static partial void TaskExists(ILogger logger, string idempotencyKey, string taskId);

    [LoggerMessage(7, LogLevel.Error, "The reloaded options are invalid. The client continues to use the last valid key: {Reason}")]
    public static partial void ReloadInvalid(ILogger logger, string reason);

    [LoggerMessage(
        8,
        LogLevel.Error,
        "The credit ledger could not settle the reservation of submission {IdempotencyKey}: {Reason}. The credits stay reserved")]
    public static partial void LedgerFailed(ILogger logger, string idempotencyKey, string reason);

    [LoggerMessage(
        9,
        LogLevel.Error,
        "The API key of tenant {TenantId} could not be read. The client continues to use the last valid key: {Reason}")]
    public static partial void TenantKeyNotRead(ILogger logger, string tenantId, string reason);

    [LoggerMessage(10, LogLevel.Information, "The configuration contains {Key}, which is not an option. The client does not use it")]
    public static partial void KeyNotUsed(ILogger logger, string key);

    [LoggerMessage(
        12,
        LogLevel.Error,
        "The settings of tenant {TenantId} could not be read again. The client continues to use the last ones: {Reason}")]
    public static partial void TenantSettingsNotRead(ILogger logger, string tenantId, string reason);

    [LoggerMessage(13, LogLevel.Warning, "The configuration section {Section} does not exist. The client uses its defaults")]
    public static partial void SectionMissing(ILogger logger, string section);
}
