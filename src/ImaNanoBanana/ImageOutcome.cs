namespace ImaNanoBanana;

/// <summary>
/// What one purchase came to: its result, the error that says what is known, or, of a batch that was interrupted, the
/// cancellation that says it. Exactly one of <see cref="Result"/>, <see cref="Error"/> and <see cref="Cancellation"/> is set.
/// A value.
/// </summary>
/// <param name="IdempotencyKey">The key of the purchase; empty where a request without a key was refused before it got one.</param>
public sealed record ImageOutcome(string IdempotencyKey)
{
    /// <summary>
    /// The request that this answers, as the batch was given it; null when it was resumed from a journal, which does not
    /// keep requests, and where the batch held a null.
    /// </summary>
    public ImageRequest? Request { get; init; }

    /// <summary>The number of the request, from 1 in the order of the batch's requests; null when it was resumed from a journal.</summary>
    public int? Number { get; init; }

    /// <summary>The images; null when there are none.</summary>
    public ImageResult? Result { get; init; }

    /// <summary>Why there is no result; else null. It says whether credits were spent and whether to ask again.</summary>
    public ImaException? Error { get; init; }

    /// <summary>
    /// Of an item that was running when the caller cancelled the batch: what is known of it; else null. It says whether credits
    /// were spent.
    /// </summary>
    public ImageGenerationCanceledException? Cancellation { get; init; }

    /// <summary>The task, where it is known.</summary>
    public ImageTask? Task => Result?.Task ?? Error?.Task ?? Cancellation?.Task;
}
