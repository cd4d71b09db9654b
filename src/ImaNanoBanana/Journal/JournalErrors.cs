namespace ImaNanoBanana.Journal;

/// <summary>The errors of operation keys. Pure.</summary>
internal static class JournalErrors
{
    /// <summary>The journal failed before an order; without it nothing is sent.</summary>
    public static ImaException NotWritten(string operationKey, Exception cause) => new(
        ImaErrorKind.NotSent,
        $"The journal failed ({cause.Message.TrimEnd('.')}), and without it no order is sent. No credits were spent; trying again is safe.",
        cause)
    {
        OperationKey = operationKey,
    };

    /// <summary>The claim is gone or somebody else's before an order is sent again; what was sent so far was not bought.</summary>
    public static ImaException ClaimLost(string operationKey) => new(
        ImaErrorKind.NotSent,
        $"The claim of the operation key {operationKey} was taken out of the journal while its order was waiting to be sent, and the "
            + "key may be somebody else's by now. "
        + "Nothing more was sent. No credits were spent; trying again is safe.")
    {
        OperationKey = operationKey,
    };

    public static ImaException OtherRequest(string operationKey, JournalEntry entry) => new(
        ImaErrorKind.OperationKeyConflict,
        $"The operation key {operationKey} was used for another request ({About(entry)}). One key stands for one purchase: use a new "
            + "key for a new image. Nothing was ordered.")
    {
        OperationKey = operationKey,
        Task = entry.Task,
    };

    public static ImaException Unknown(string operationKey, JournalEntry entry) => new(
        ImaErrorKind.OutcomeUnknown,
        $"The operation key {operationKey} was used for an order whose outcome is unknown ({About(entry)}). Credits may have been "
            + "spent, and it is not sent again by itself. "
        + "Look into your account's history: if it was charged, give the journal the task with AdoptAsync; if not, let it forget the "
            + "key with ForgetAsync.")
    {
        OperationKey = operationKey,
        Task = entry.Task,
    };

    public static ImageGenerationCanceledException Cancelled(string operationKey, Exception cause, CancellationToken cancellationToken) =>
        new(
        ImaCharge.Unknown,
        $"Cancelled while waiting for another call with the operation key {operationKey}. This call ordered nothing; the other one "
            + "may have.",
        cause,
        cancellationToken)
        {
            OperationKey = operationKey,
        };

    private static string About(JournalEntry entry)
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
