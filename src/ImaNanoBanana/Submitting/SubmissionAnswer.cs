using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Submitting;

/// <summary>Represents the result of one create request.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Task">The task, if its id is known: always if the outcome is accepted, sometimes if it is unknown.</param>
/// <param name="Failure">The reason why there is no response or only an incomplete one.</param>
/// <param name="RetryAfter">How long the response asks to wait; null if it does not specify a time.</param>
internal sealed record SubmissionAnswer(SubmissionOutcome Outcome, ImageTask? Task, Exception? Failure, TimeSpan? RetryAfter)
{
    /// <summary>The final result, if the caller is gone and the response is still due; otherwise null.</summary>
    public Task<SubmissionAnswer>? Late { get; init; }
}
