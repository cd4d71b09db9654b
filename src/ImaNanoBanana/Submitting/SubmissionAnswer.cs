using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Submitting;

/// <summary>What one create came to.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Task">The task, where its id is known: always with an accepted create, sometimes with an unknown one.</param>
/// <param name="Failure">Why there is no answer, or no whole one.</param>
/// <param name="RetryAfter">How long the answer asks to wait; null when it does not.</param>
internal sealed record SubmissionAnswer(SubmissionOutcome Outcome, ImageTask? Task, Exception? Failure, TimeSpan? RetryAfter)
{
    /// <summary>What it comes to in the end, where the caller is gone and the answer still due; else null.</summary>
    public Task<SubmissionAnswer>? Late { get; init; }
}
