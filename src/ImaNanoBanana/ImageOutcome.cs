namespace ImaNanoBanana;

/// <summary>What one purchase came to: its result, or the error that says what is known. A value.</summary>
/// <param name="OperationKey">The key of the purchase.</param>
public sealed record ImageOutcome(string OperationKey)
{
    /// <summary>The images; null when there is an <see cref="Error"/>.</summary>
    public ImageResult? Result { get; init; }

    /// <summary>Why there is no result; null when there is one. It says whether credits were spent and whether to ask again.</summary>
    public ImaException? Error { get; init; }

    /// <summary>The task, where it is known.</summary>
    public ImageTask? Task => Result?.Task ?? Error?.Task;
}
