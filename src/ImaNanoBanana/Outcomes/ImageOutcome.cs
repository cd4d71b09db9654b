using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>
/// Represents the outcome of one request: its result, its error or, for a batch that was interrupted, its cancellation. Exactly
/// one of <see cref="Result"/>, <see cref="Error"/> and <see cref="Cancellation"/> is set. Immutable.
/// </summary>
/// <remarks>
/// System.Text.Json writes and reads it. The JSON leaves out a <see cref="Request"/> that cannot be written, because it has a local
/// image or a budget.
/// </remarks>
/// <param name="IdempotencyKey">
/// The idempotency key of the submission; empty if a request without a key was rejected before it received one.
/// </param>
[JsonConverter(typeof(ImageOutcomesJsonConverter))]
public sealed record ImageOutcome(string IdempotencyKey)
{
    /// <summary>
    /// The request as it was passed to the batch. Null if the outcome was resumed from a journal, which does not store requests,
    /// or if the batch contained a null.
    /// </summary>
    public ImageRequest? Request { get; init; }

    /// <summary>The position of the request in the batch, starting at 1; null if the outcome was resumed from a journal.</summary>
    public int? Number { get; init; }

    /// <summary>The result with the images; null if there are no images.</summary>
    public ImageResult? Result { get; init; }

    /// <summary>
    /// The error if there is no result; otherwise null. It says whether credits were spent and whether to submit again.
    /// </summary>
    public ImaException? Error { get; init; }

    /// <summary>
    /// The cancellation if the request was running when the caller cancelled the batch; otherwise null. It says whether credits
    /// were spent.
    /// </summary>
    public ImageGenerationCanceledException? Cancellation { get; init; }

    /// <summary>Gets the task, or null if it is unknown.</summary>
    public ImageTask? Task => Result?.Task ?? Error?.Task ?? Cancellation?.Task;
}
