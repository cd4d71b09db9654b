namespace ImaNanoBanana.Errors;

/// <summary>
/// Creates the errors for work before the first create request or after a rejected one. The errors contain the idempotency key of
/// the submission. If the caller cancelled, the error says that no credits were spent.
/// </summary>
internal static class PreparationErrors
{
    /// <summary>
    /// For use in an exception filter: <c>catch (Exception e) when (PreparationErrors.InPlaceOf(e, ...) is { } error) { throw error;
    /// }</c>.
    /// </summary>
    /// <param name="exception">The exception that was thrown. If it is an <see cref="ImaException"/>, it receives the key.</param>
    /// <param name="idempotencyKey">The key of the submission; null for a call that submits nothing.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The cancellation error if the caller cancelled; null if the exception itself is the error.</returns>
    public static ImageGenerationCanceledException? InPlaceOf(
        Exception exception, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (exception is ImaException error)
        {
            error.Belong(idempotencyKey);
        }

        var isCancelled = exception is OperationCanceledException and not ImageGenerationCanceledException
            && cancellationToken.IsCancellationRequested;
        return isCancelled ? Cancelled(idempotencyKey, exception, cancellationToken) : null;
    }

    /// <summary>The caller cancelled before a create request was sent, or between a rejected create request and the next one.</summary>
    private static ImageGenerationCanceledException Cancelled(
        string? idempotencyKey, Exception cause, CancellationToken cancellationToken) =>
        new(
        ImaChargeStatus.NotCharged, "Cancelled. No credits were spent.", cause, cancellationToken)
        {
            IdempotencyKey = idempotencyKey,
        };
}
