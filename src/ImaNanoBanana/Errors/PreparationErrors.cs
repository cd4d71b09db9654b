namespace ImaNanoBanana.Errors;

/// <summary>
/// Errors of work between creates: before the first one, or after one that was refused. They name the submission, and a caller who
/// cancelled learns that nothing was spent.
/// </summary>
internal static class PreparationErrors
{
    /// <summary>
    /// For an exception filter: <c>catch (Exception e) when (PreparationErrors.InPlaceOf(e, ...) is { } error) { throw error;
    /// }</c>.
    /// </summary>
    /// <param name="exception">What was thrown. An <see cref="ImaException"/> gets the key.</param>
    /// <param name="idempotencyKey">The key of the submission; null for a call that submits nothing.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The error of a cancelled caller; null where the exception itself is the error.</returns>
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

    /// <summary>Cancelled before a create was sent, or between one that was refused and the next.</summary>
    private static ImageGenerationCanceledException Cancelled(
        string? idempotencyKey, Exception cause, CancellationToken cancellationToken) =>
        new(
        ImaChargeStatus.NotCharged, "Cancelled before anything was ordered; no credits were spent.", cause, cancellationToken)
        {
            IdempotencyKey = idempotencyKey,
        };
}
