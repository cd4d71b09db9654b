using ImaNanoBanana.OpenApi;

namespace ImaNanoBanana.Tasks;

/// <summary>The errors of a watch; each carries the task (careful client, sections 3 and 6). Pure.</summary>
internal static class WatchErrors
{
    public static ImaException Refused(ImageTask task, PollOutcome outcome, IReadOnlyList<GeneratedImage> ready)
    {
        var hint = outcome.Code is ServiceCode.Unauthorized or ServiceCode.Forbidden ? " " + ErrorText.Unauthorized : "";
        return new ImaException(
            ImaErrorKind.WatchFailed,
            $"The state of task {task.Id} could not be read ({outcome.Reason}).{hint} The task is paid for and goes on: watch it again, do not order again.")
        {
            Code = outcome.Code,
            Task = task,
            OperationKey = task.OperationKey,
            ReadyImages = ready,
        };
    }

    public static ImaException TimedOut(ImageTask task, TimeSpan watched, IReadOnlyList<GeneratedImage> ready) => new(
        ImaErrorKind.TimedOut,
        $"Task {task.Id} was not finished after {watched.TotalSeconds:0} s of watching. It is paid for and goes on: watch it again, do not order again.")
    {
        Task = task,
        OperationKey = task.OperationKey,
        ReadyImages = ready,
    };

    public static ImaException Failed(ImageTask task, TaskState state) => new(
        ImaErrorKind.TaskFailed,
        $"Task {task.Id} failed: {state.Failures[0].Reason.TrimEnd('.')}. Its credits were spent, and whether the service gives them back is not known; ordering again is safe and spends credits again.")
    {
        Failures = state.Failures,
        Task = task,
        OperationKey = task.OperationKey,
    };

    public static ImageGenerationCanceledException Cancelled(ImageTask task, Exception? cause, CancellationToken cancellationToken) => new(
        ImaCharge.Yes,
        $"Cancelled while watching task {task.Id}. It is paid for and goes on: watch it again, do not order again.",
        cause,
        cancellationToken)
    {
        Task = task,
        OperationKey = task.OperationKey,
    };
}
