namespace ImaNanoBanana;

/// <summary>A message to push to the person who waits for an image (wire contract, vocabulary). A value.</summary>
/// <param name="Step">What it is about.</param>
/// <param name="Text">The text, ready to push, its lines separated by <c>\n</c>. It stands alone where images cannot be attached.</param>
public sealed record ImageMessage(ImageMessageStep Step, string Text)
{
    /// <summary>The images to attach where the channel can: of the last message only, else empty.</summary>
    public IReadOnlyList<GeneratedImage> Images { get; init; } = [];

    /// <summary>The task, from the moment it is bought. Not for people: for storing and watching on.</summary>
    public ImageTask? Task { get; init; }

    /// <summary>The whole result; set with <see cref="ImageMessageStep.Succeeded"/>. Not for people.</summary>
    public ImageResult? Result { get; init; }

    /// <summary>
    /// What went wrong; set with <see cref="ImageMessageStep.Failed"/>. Not for people: for logs, and it says what was spent.
    /// </summary>
    public ImaException? Error { get; init; }
}
