using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Diagnostics;

/// <summary>The SDK's log events. None carries the key, a prompt or an address.</summary>
internal static partial class ImaLog
{
    [LoggerMessage(1, LogLevel.Information, "Order {OperationKey} ended as {Outcome}; task {TaskId}, code {Code}")]
    public static partial void CreateEnded(ILogger logger, string operationKey, string outcome, string? taskId, int? code);

    [LoggerMessage(2, LogLevel.Warning, "Order {OperationKey} was answered after its caller had cancelled and gone: {Outcome}; task {TaskId}, code {Code}")]
    public static partial void LateAnswer(ILogger logger, string operationKey, string outcome, string? taskId, int? code);

    [LoggerMessage(3, LogLevel.Debug, "A poll of task {TaskId} failed and is repeated: {Reason}")]
    public static partial void PollFailed(ILogger logger, string taskId, string reason);

    [LoggerMessage(4, LogLevel.Information, "Order {OperationKey} ended as {Outcome}, code {Code}, without being bought and is placed again: {Step}")]
    public static partial void OrderFollowed(ILogger logger, string operationKey, string outcome, int? code, string step);
}
