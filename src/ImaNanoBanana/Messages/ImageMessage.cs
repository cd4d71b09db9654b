namespace ImaNanoBanana;

/// <summary>Represents a message to send to the user who waits for an image. Immutable.</summary>
/// <param name="Step">The step that the message reports.</param>
/// <param name="Text">
/// The text, ready to send, with lines separated by <c>\n</c>. It is complete without the images, for channels that cannot attach
/// images.
/// </param>
public sealed record ImageMessage(ImageMessageStep Step, string Text)
{
    /// <summary>The images to attach if the channel supports it. Set only on the last message; otherwise empty.</summary>
    public IReadOnlyList<GeneratedImage> Images { get; init; } = [];

    /// <summary>
    /// The task, set as soon as it is charged. It is not intended for users: store it and use it to continue watching.
    /// </summary>
    public ImageTask? Task { get; init; }

    /// <summary>The complete result; set for <see cref="ImageMessageStep.Succeeded"/>. It is not intended for users.</summary>
    public ImageResult? Result { get; init; }

    /// <summary>
    /// The error; set for <see cref="ImageMessageStep.Failed"/>. It is not intended for users: use it for logs and to check whether
    /// credits were spent.
    /// </summary>
    public ImaException? Error { get; init; }
}
