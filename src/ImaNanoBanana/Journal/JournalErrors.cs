namespace ImaNanoBanana.Journal;

/// <summary>The errors of idempotency keys. Pure.</summary>
internal static class JournalErrors
{
    /// <summary>The journal failed before an order; without it nothing is sent.</summary>
    public static ImaException NotWritten(string idempotencyKey, Exception cause) => new(
        ImaErrorKind.NotSent,
        $"The journal failed ({cause.Message.TrimEnd('.')}), and without it no order is sent. No credits were spent; trying again is safe.",
        cause)
    {
        IdempotencyKey = idempotencyKey,
    };

    /// <summary>The claim is gone or somebody else's before an order is sent again; what was sent so far was not bought.</summary>
    public static ImaException ClaimLost(string idempotencyKey) => new(
        ImaErrorKind.NotSent,
        $"The claim of the idempotency key {idempotencyKey} was taken out of the journal while its order was waiting to be sent, and the "
            + "key may be somebody else's by now. "
        + "Nothing more was sent. No credits were spent; trying again is safe.")
    {
        IdempotencyKey = idempotencyKey,
    };

    public static ImaException OtherRequest(string idempotencyKey, TaskJournalEntry entry) => new(
        ImaErrorKind.IdempotencyKeyConflict,
        $"The idempotency key {idempotencyKey} was used for another request ({About(entry)}). One key stands for one purchase: use a new "
            + "key for a new image. Nothing was ordered.")
    {
        IdempotencyKey = idempotencyKey,
        Task = entry.Task,
    };

    public static ImaException Unknown(string idempotencyKey, TaskJournalEntry entry) => new(
        ImaErrorKind.OutcomeUnknown,
        $"The idempotency key {idempotencyKey} was used for an order whose outcome is unknown ({About(entry)}). Credits may have been "
            + "spent, and it is not sent again by itself. "
        + "Look into your account's history: if it was charged, give the journal the task with AttachTaskAsync; if not, let it forget the "
            + "key with RemoveAsync.")
    {
        IdempotencyKey = idempotencyKey,
        Task = entry.Task,
    };

    public static ImageGenerationCanceledException Cancelled(string idempotencyKey, Exception cause, CancellationToken cancellationToken) =>
        new(
        ImaChargeStatus.Unknown,
        $"Cancelled while waiting for another call with the idempotency key {idempotencyKey}. This call ordered nothing; the other one "
            + "may have.",
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
