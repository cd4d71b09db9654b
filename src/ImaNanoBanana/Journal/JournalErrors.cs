using ImaNanoBanana.Transport;

namespace ImaNanoBanana.Journal;

/// <summary>Creates the errors for idempotency keys. Pure.</summary>
internal static class JournalErrors
{
    /// <summary>The journal failed before a create request. Without the journal, nothing is sent.</summary>
    public static ImaException NotWritten(string idempotencyKey, Exception cause) => new(
        ImaErrorKind.NotSent,
        $"The journal failed ({AppCallback.Message(cause).TrimEnd('.')}). Without the journal, no create request is sent. This call "
            + "spent no credits. Submitting again with the same idempotency key is safe.",
        cause)
    {
        IdempotencyKey = idempotencyKey,
    };

    /// <summary>The journal failed while an entry was resumed whose outcome was unknown before.</summary>
    public static ImaException NotRead(TaskJournalEntry entry, Exception cause) => new(
        ImaErrorKind.OutcomeUnknown,
        $"The journal could not be read, so the outcome of the idempotency key {entry.IdempotencyKey} is unknown. Credits may have "
            + "been spent. Do not submit it again with another key: resume again when the journal is available.",
        cause)
    {
        IdempotencyKey = entry.IdempotencyKey,
        Task = entry.Task,
    };

    /// <summary>
    /// The claim no longer exists or belongs to another caller before a create request is sent again. What was sent so far was not charged.
    /// </summary>
    public static ImaException ClaimLost(string idempotencyKey) => new(
        ImaErrorKind.NotSent,
        $"The claim of the idempotency key {idempotencyKey} was removed from the journal while the create request was waiting to be "
            + "sent, and the key may belong to another caller now. Nothing more was sent. No credits were spent. Submitting again is "
            + "safe.")
    {
        IdempotencyKey = idempotencyKey,
    };

    public static ImaException OtherRequest(string idempotencyKey, TaskJournalEntry entry) => new(
        ImaErrorKind.IdempotencyKeyConflict,
        $"The idempotency key {idempotencyKey} was used for a different request ({About(entry)}). One key belongs to one submission: "
            + "use a new key for a new image. Nothing was submitted.")
    {
        IdempotencyKey = idempotencyKey,
        Task = entry.Task,
    };

    public static ImaException Unknown(string idempotencyKey, TaskJournalEntry entry) => new(
        ImaErrorKind.OutcomeUnknown,
        $"The idempotency key {idempotencyKey} was used for a submission whose outcome is unknown ({About(entry)}). Credits may have "
            + "been spent. Do not submit it again: check your account history. If the submission was charged, attach the task with "
            + "AttachTaskAsync. If it was not charged, remove the journal entry with RemoveAsync.")
    {
        IdempotencyKey = idempotencyKey,
        Task = entry.Task,
    };

    public static ImageGenerationCanceledException Cancelled(string idempotencyKey, Exception cause, CancellationToken cancellationToken) =>
        new(
        ImaChargeStatus.Unknown,
        $"Cancelled while waiting for another call with the idempotency key {idempotencyKey}. This call submitted nothing, but the "
            + "other call may have. Credits may have been spent. Call again with the same key.",
        cause,
        cancellationToken)
        {
            IdempotencyKey = idempotencyKey,
        };

    private static string About(TaskJournalEntry entry)
    {
        string?[] facts =
        [
            entry.Task is { } task ? $"task {task.Id}" : null,
            entry.Model?.Id,
            entry.Size?.Value,
            entry.Credits is { } credits ? FormattableString.Invariant($"{credits} credits") : null,
            FormattableString.Invariant($"{entry.ClaimedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC"),
        ];
        return string.Join(", ", facts.OfType<string>());
    }
}
