using ImaNanoBanana.Studio.Storage;

namespace ImaNanoBanana.Studio.Generating;

/// <summary>Decides what happens to an image after an error. Pure.</summary>
/// <param name="End">The state in which it ends; null if it is tried again.</param>
/// <param name="Delay">How long it waits before it is tried again.</param>
internal readonly record struct RunDecision(ImageState? End, TimeSpan Delay = default)
{
    private const int MaxAttempts = 5;

    /// <param name="error">The error.</param>
    /// <param name="attempts">The number of runs that failed before.</param>
    public static RunDecision After(ImaException error, int attempts) => error switch
    {
        { Kind: ImaErrorKind.OutcomeUnknown } => new RunDecision(ImageState.Unknown),
        { Kind: ImaErrorKind.TaskNotFound } => new RunDecision(ImageState.Failed),

        // It was charged and is not here yet. The next run submits nothing: it watches or downloads the same task again.
        { RetryGuidance: ImaRetryGuidance.CheckTask } when attempts < MaxAttempts =>
            new RunDecision(null, TimeSpan.FromSeconds(5 * Math.Pow(2, attempts))),
        _ => new RunDecision(ImageState.Failed),
    };
}
