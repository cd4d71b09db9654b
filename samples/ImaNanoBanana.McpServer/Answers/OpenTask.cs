namespace ImaNanoBanana.Mcp.Answers;

/// <summary>A journal entry whose task was not delivered yet.</summary>
internal sealed record OpenTask
{
    /// <summary>
    /// running: call get_image_task with the handle. submitting: the request is being submitted. unknown: it was submitted, and
    /// it is unknown whether it was charged.
    /// </summary>
    public required string Status { get; init; }

    public required string IdempotencyKey { get; init; }

    public string? TaskId { get; init; }

    public string? Handle { get; init; }

    public string? Model { get; init; }

    public string? Size { get; init; }

    public decimal? Credits { get; init; }

    public required DateTimeOffset SubmittedAt { get; init; }

    public static OpenTask FromEntry(TaskJournalEntry entry, bool isUnderWay) => new()
    {
        Status = entry.IsPending ? ImageAnswer.Running : isUnderWay ? "submitting" : "unknown",
        IdempotencyKey = entry.IdempotencyKey,
        TaskId = entry.Task?.Id,
        Handle = entry.Task?.ToHandle(),
        Model = entry.Model?.Id,
        Size = entry.Size?.Value,
        Credits = entry.Credits,
        SubmittedAt = entry.ClaimedAt,
    };
}
