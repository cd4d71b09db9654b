using System.Text.Json.Serialization;
using ImaNanoBanana.Masking;

namespace ImaNanoBanana;

/// <summary>
/// Reports that the caller cancelled. Cancellation ends only the caller's wait: a create request that was sent is not withdrawn,
/// and a charged task continues. The exception contains what is known about the submission.
/// </summary>
/// <remarks>
/// Blocking waits (<c>.Wait()</c>, <c>.Result</c>) and some frameworks replace this exception with their own. The
/// <see cref="ImageStage.Accepted"/> item of the stream is the reliable source of the task. System.Text.Json writes and reads the data
/// of the exception, without the inner exception and the stack; an unknown charge status is read as
/// <see cref="ImaChargeStatus.Unknown"/>.
/// </remarks>
[JsonConverter(typeof(ImageErrorsJsonConverter))]
public sealed class ImageGenerationCanceledException : OperationCanceledException
{
    /// <summary>Initializes the exception.</summary>
    /// <param name="chargeStatus">Whether credits were spent.</param>
    /// <param name="message">The message for developers and logs, in English.</param>
    /// <param name="innerException">The cancellation exception that this exception replaces, or null.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public ImageGenerationCanceledException(
        ImaChargeStatus chargeStatus, string message, Exception? innerException = null, CancellationToken cancellationToken = default)
        : base(UntrustedText.Clean(message ?? ""), innerException, cancellationToken) => ChargeStatus = chargeStatus;

    /// <summary>Gets whether credits were spent.</summary>
    public ImaChargeStatus ChargeStatus { get; }

    /// <summary>The charged task, or null if it is unknown. Watching it costs no credits.</summary>
    public ImageTask? Task { get; init; }

    /// <summary>
    /// The idempotency key of the submission, for logs, the journal and another call with the same key; null if the call was not a
    /// submission.
    /// </summary>
    public string? IdempotencyKey { get; init; }
}
