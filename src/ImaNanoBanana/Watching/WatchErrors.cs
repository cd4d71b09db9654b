using ImaNanoBanana.Errors;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana.Watching;

/// <summary>Creates the errors of a watch. Each error carries the task. Pure.</summary>
internal static class WatchErrors
{
    private const int NotFound = 404;

    public static ImaException Refused(ImageTask task, PollOutcome outcome, IReadOnlyList<GeneratedImage> ready)
    {
        if (outcome.Code == NotFound && IsBareId(task))
        {
            return new ImaException(
                ImaErrorKind.TaskNotFound,
                $"The service does not know a task with the id '{UntrustedText.Line(task.Id)}'. Check the id. Whether credits were "
                    + "spent is not known.")
            {
                Code = outcome.Code,
                Task = task,
            };
        }

        var hint = outcome.Code is ServiceCode.Unauthorized or ServiceCode.Forbidden ? " " + ErrorText.Unauthorized : "";
        return new ImaException(
            ImaErrorKind.WatchFailed,
            $"The status of task {task.Id} could not be read ({outcome.Reason}).{hint} Credits were spent, and the task continues. "
                + "Do not submit it again: watch the task again.")
        {
            Code = outcome.Code,
            Task = task,
            IdempotencyKey = task.IdempotencyKey,
            ReadyImages = ready,
        };
    }

    public static ImaException TimedOut(ImageTask task, TimeSpan watched, TaskState last) => new(
        ImaErrorKind.TimedOut,
        $"Task {task.Id} was not finished after {watched.TotalSeconds:0} s of watching. Credits were spent, and the task continues. "
            + "Do not submit it again: watch the task again.")
    {
        Task = task,
        IdempotencyKey = task.IdempotencyKey,
        ReadyImages = last.Images,
        Failures = last.Failures,
    };

    /// <summary>The client was disposed during the watch. The task is in the inner exception.</summary>
    public static ObjectDisposedException Disposed(ImageTask task, IReadOnlyList<GeneratedImage> ready)
    {
        var text =
            $"The client was disposed while it watched task {task.Id}. Credits were spent, and the task continues. Do not submit it "
                + "again: watch the task with another client.";
        return new ObjectDisposedException(text, new ImaException(ImaErrorKind.WatchFailed, text)
        {
            Task = task,
            IdempotencyKey = task.IdempotencyKey,
            ReadyImages = ready,
        });
    }

    public static ImaException Failed(ImageTask task, TaskState state) => new(
        ImaErrorKind.TaskFailed,
        $"Task {task.Id} failed: {state.Failures[0].Reason.TrimEnd('.')}. Credits were spent; whether the service refunds them is not "
            + "known. A new submission is charged again.")
    {
        Failures = state.Failures,
        ServiceMessage = state.ServiceMessage,
        Task = task,
        IdempotencyKey = task.IdempotencyKey,
    };

    public static ImageGenerationCanceledException Cancelled(ImageTask task, Exception? cause, CancellationToken cancellationToken) => new(
        ImaChargeStatus.Charged,
        $"Cancelled while watching task {task.Id}. Credits were spent, and the task continues. Do not submit it again: watch the task "
            + "again.",
        cause,
        cancellationToken)
    {
        Task = task,
        IdempotencyKey = task.IdempotencyKey,
    };

    /// <summary>Whether only the id of the task is known, which may have been mistyped.</summary>
    private static bool IsBareId(ImageTask task) => task.IdempotencyKey is null && task.CreatedAt is null && task.Model is null;
}
