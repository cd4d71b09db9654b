namespace ImaNanoBanana.Cli.Output;

/// <summary>Represents a submission in the journal.</summary>
/// <param name="IdempotencyKey">The key of the submission.</param>
/// <param name="State">
/// The state in the journal: <c>claimed</c>, <c>unknown</c>, <c>accepted</c>, <c>completed</c> or <c>failed</c>.
/// </param>
/// <param name="SubmittedAt">When the key was claimed.</param>
/// <param name="EndedAt">When the end of the task was delivered.</param>
/// <param name="TaskId">The task, if it is known.</param>
/// <param name="ModelId">The submitted model.</param>
/// <param name="Size">The submitted size.</param>
/// <param name="Count">The number of images.</param>
/// <param name="Credit">The price of all images. Whether it was charged depends on the state.</param>
/// <param name="Handle">The handle of the task, if the task is known.</param>
internal sealed record SubmissionDocument(
    string IdempotencyKey,
    string State,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? EndedAt,
    string? TaskId,
    string? ModelId,
    string? Size,
    int? Count,
    decimal? Credit,
    string? Handle)
{
    public static SubmissionDocument FromEntry(TaskJournalEntry entry) => new(
        entry.IdempotencyKey,
        entry.State switch
        {
            TaskJournalState.Claimed => "claimed",
            TaskJournalState.Accepted => "accepted",
            TaskJournalState.Completed => "completed",
            TaskJournalState.Failed => "failed",
            _ => "unknown",
        },
        entry.ClaimedAt,
        entry.EndedAt,
        entry.Task?.Id,
        entry.Model?.Id,
        entry.Size?.Value,
        entry.Task?.Count,
        entry.Credits,
        entry.Task?.ToHandle());
}

/// <summary>Represents a submission whose outcome was resolved.</summary>
internal sealed record AttachedDocument(string IdempotencyKey, string? TaskId, string? Handle);
