namespace ImaNanoBanana;

/// <summary>Represents what <see cref="ImageChoice.Extract"/> found in a text. Immutable.</summary>
public sealed record ExtractedChoice
{
    /// <summary>The choice that the taken words ask for. Properties that they do not specify are null.</summary>
    public required ImageChoice Choice { get; init; }

    /// <summary>
    /// The text without the taken words and without the separators that belong to them. It is the unchanged text if nothing was taken,
    /// and empty if the text contains nothing else; a request with an empty prompt is rejected before it is sent.
    /// </summary>
    public required string Prompt { get; init; }

    /// <summary>The words that set <see cref="Choice"/>, in the sequence of the text.</summary>
    public IReadOnlyList<ExtractedWords> Taken { get; init; } = [];

    /// <summary>
    /// The words that can mean a choice but remain in <see cref="Prompt"/>, in the sequence of the text: their meaning is unclear or
    /// contradicts other words. An app can ask the user about them.
    /// </summary>
    public IReadOnlyList<ExtractedWords> NotTaken { get; init; } = [];

    /// <summary>Creates a request for the choice with the remaining prompt.</summary>
    /// <returns>The request.</returns>
    public ImageRequest ToRequest() => Choice.ApplyTo(new ImageRequest(Prompt));
}
