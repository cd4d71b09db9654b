using System.Globalization;
using System.Text.Json;
using ImaNanoBanana.Worker.Storage;

namespace ImaNanoBanana.Worker.Jobs;

/// <summary>Decides what happens to a job after an error. Pure.</summary>
/// <param name="State">Retrying, failed or parked.</param>
/// <param name="Reason">The error, for people.</param>
internal readonly record struct JobDecision(JobState State, string Reason)
{
    /// <param name="exception">The error.</param>
    /// <param name="isLastAttempt">Whether this attempt is the last one.</param>
    public static JobDecision After(Exception exception, bool isLastAttempt)
    {
        var (state, reason) = exception switch
        {
            ImaException error => (After(error), $"{error.Kind}: {error.Message}"),
            JsonException => (JobState.Parked, $"The stored request cannot be read: {exception.Message}"),

            // For example, the disk is full or the database is down. The next attempt gets the same task.
            _ => (JobState.Retrying, exception.Message),
        };
        return state == JobState.Retrying && isLastAttempt
            ? new JobDecision(JobState.Parked, $"No attempt is left. The last error was: {reason}")
            : new JobDecision(state, reason);
    }

    /// <param name="result">The result, whose images are saved.</param>
    /// <param name="isLastAttempt">Whether this attempt is the last one.</param>
    /// <returns>Null if all images were delivered.</returns>
    public static JobDecision? After(ImageResult result, bool isLastAttempt)
    {
        if (result.Failures.Count + result.MissingCount == 0)
        {
            return null;
        }

        var saved = string.Create(
            CultureInfo.InvariantCulture, $"{result.Images.Count} of {result.Task.Count} images are saved. All were charged.");
        if (result.MissingCount > 0 && !isLastAttempt)
        {
            // They may still appear. The next attempt submits nothing: it watches the same task again.
            return new JobDecision(JobState.Retrying, $"{saved} The others are not ready yet.");
        }

        var reasons = result.Failures.Select(failure => failure.Reason).Distinct();
        return new JobDecision(JobState.Parked, string.Join(' ', [saved, .. reasons]));
    }

    private static JobState After(ImaException error) => error.RetryGuidance switch
    {
        // Nothing was charged, and the next attempt submits.
        ImaRetryGuidance.SubmitAgain => JobState.Retrying,

        // It was charged, or may have been. Only the history of the account shows it.
        ImaRetryGuidance.CheckTask when error.Kind is ImaErrorKind.OutcomeUnknown or ImaErrorKind.TaskNotFound => JobState.Parked,

        // It was charged and is not here yet. The next attempt submits nothing: it watches or downloads the same task again.
        ImaRetryGuidance.CheckTask => JobState.Retrying,

        // It was charged, and nothing was delivered. Another charge needs a person and another key.
        ImaRetryGuidance.SubmitAgainAtNewCost => JobState.Failed,

        // The request, the budget, the account or the key must change.
        _ => JobState.Parked,
    };
}
