using ImaNanoBanana.Masking;

namespace ImaNanoBanana;

/// <summary>
/// The caller cancelled. Cancellation ends the caller's wait only: an order that went out is not called back, and a
/// task that was bought goes on. What is known about it is here.
/// </summary>
/// <remarks>
/// Blocking waits (<c>.Wait()</c>, <c>.Result</c>) and some frameworks replace this exception by their own; the stream's
/// <see cref="ImageStage.Accepted"/> item is the reliable place to learn the task.
/// </remarks>
public sealed class ImageGenerationCanceledException : OperationCanceledException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="charge">Whether credits were spent.</param>
    /// <param name="message">The text for developers and logs, in English.</param>
    /// <param name="innerException">The cancellation it replaces, or null.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public ImageGenerationCanceledException(
        ImaChargeStatus charge, string message, Exception? innerException = null, CancellationToken cancellationToken = default)
        : base(UntrustedText.Clean(message ?? ""), innerException, cancellationToken) => ChargeStatus = charge;

    /// <summary>Whether credits were spent.</summary>
    public ImaChargeStatus ChargeStatus { get; }

    /// <summary>The task that was bought, where it is known. Watching it costs nothing.</summary>
    public ImageTask? Task { get; init; }

    /// <summary>
    /// The key of the purchase, for logs, the journal and asking again with the same key; null where nothing was to be bought.
    /// </summary>
    public string? IdempotencyKey { get; init; }
}
