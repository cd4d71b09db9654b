using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Diagnostics;

/// <summary>The SDK's log events. None carries the key, a prompt or an address.</summary>
internal static partial class ImaLog
{
    [LoggerMessage(1, LogLevel.Information, "Order {IdempotencyKey} ended as {Outcome}; task {TaskId}, code {Code}")]
    public static partial void CreateEnded(ILogger logger, string idempotencyKey, string outcome, string? taskId, int? code);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Order {IdempotencyKey} was answered after its caller had cancelled and gone: {Outcome}; task {TaskId}, code {Code}")]
    public static partial void LateAnswer(ILogger logger, string idempotencyKey, string outcome, string? taskId, int? code);

    [LoggerMessage(3, LogLevel.Debug, "A poll of task {TaskId} failed and is repeated: {Reason}")]
    public static partial void PollFailed(ILogger logger, string taskId, string reason);

    [LoggerMessage(
        4,
        LogLevel.Information,
        "Order {IdempotencyKey} ended as {Outcome}, code {Code}, without being bought and is placed again: {Step}")]
    public static partial void SubmissionFollowed(ILogger logger, string idempotencyKey, string outcome, int? code, string step);

    [LoggerMessage(
        5,
        LogLevel.Error,
        "The journal could not be told about order {IdempotencyKey}, task {TaskId}: {Reason}. After a crash it will not know")]
    public static partial void JournalFailed(ILogger logger, string idempotencyKey, string? taskId, string reason);

    [LoggerMessage(6, LogLevel.Information, "Order {IdempotencyKey} was placed before as task {TaskId}; nothing is ordered")]
    public static partial void TaskExists(ILogger logger, string idempotencyKey, string taskId);

    [LoggerMessage(7, LogLevel.Error, "The reloaded options are invalid, and the last valid key goes on: {Reason}")]
    public static partial void ReloadInvalid(ILogger logger, string reason);
}
