using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Client;

/// <summary>Creates the errors of the outcomes of a batch. Pure.</summary>
internal static class BatchErrors
{
    /// <summary>
    /// Gets the cancellation that the client reports. If the client reports no details, the details that this batch has seen are used.
    /// </summary>
    public static ImageGenerationCanceledException Cancellation(OperationCanceledException cause, ImageTask? task, string? key) =>
        cause as ImageGenerationCanceledException
            ?? new(
                task is null ? ImaChargeStatus.Unknown : ImaChargeStatus.Charged,
                AppCallback.Message(cause),
                cause,
                cause.CancellationToken)
            {
                Task = task,
                IdempotencyKey = task?.IdempotencyKey ?? key,
            };

    /// <summary>Creates the error that delivers a charged task after an unexpected failure of its watch.</summary>
    public static ImaException Unwatched(Exception cause, ImageTask task) => new(
        ImaErrorKind.WatchFailed,
        $"Watching task {task.Id} ended unexpectedly ({AppCallback.Message(cause)}). Credits were spent, and the task continues. Do "
            + "not submit it again: watch the task again.",
        cause)
    {
        Task = task,
        IdempotencyKey = task.IdempotencyKey,
    };
}
