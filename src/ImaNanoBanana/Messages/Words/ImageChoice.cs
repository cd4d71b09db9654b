using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Messages.Words;

namespace ImaNanoBanana;

/// <summary>
/// Represents a choice of model, size and aspect ratio that a user made in words, such as <c>最便宜</c> or <c>Pro 4K landscape</c>.
/// Immutable. Properties that the words do not specify are null.
/// </summary>
/// <remarks>
/// Words can be English or Chinese, in any case, in full-width or half-width letters, with or without spaces between them and
/// inside them. An empty text selects the balanced model.
/// </remarks>
public sealed record ImageChoice
{
    /// <summary>The model.</summary>
    public ImageModel? Model { get; init; }

    /// <summary>The size. <c>8K</c> is kept here; the submission changes it to 4K and reports the change.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The aspect ratio (width to height).</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>Parses a choice.</summary>
    /// <param name="phrase">The words; null or white space selects the balanced model.</param>
    /// <returns>The choice.</returns>
    /// <exception cref="ImaException">
    /// A word is unknown, or two words contradict each other (<see cref="ImaErrorKind.InvalidRequest"/>). The message and
    /// <see cref="ImaException.AllowedValues"/> list the available choices.
    /// </exception>
    public static ImageChoice Parse(string? phrase) => Vocabulary.Read(phrase, out var error) ?? throw error!;

    /// <summary>Parses a choice like <see cref="Parse"/>, but returns false instead of throwing an exception.</summary>
    /// <param name="phrase">The words; null or white space selects the balanced model.</param>
    /// <param name="choice">The choice, if the phrase is valid.</param>
    /// <returns>True if all words are known and do not contradict each other.</returns>
    public static bool TryParse(string? phrase, [NotNullWhen(true)] out ImageChoice? choice) =>
        (choice = Vocabulary.Read(phrase, out _)) is not null;

    /// <summary>
    /// Finds the words for a model, size and aspect ratio in a sentence that also describes the image, such as
    /// <c>用Pro画一只狐狸，竖图，2K</c>, and returns the choice and the remaining prompt. Pure; never calls the service.
    /// </summary>
    /// <remarks>
    /// Words are taken only where they clearly ask for a choice: as a clause of their own (between commas, at the beginning or at the
    /// end), before what is to be drawn (<c>use Pro to draw</c>, <c>用Pro画</c>), and at the end of a clause after <c>in</c>, <c>at</c>,
    /// <c>with</c>, <c>using</c> or <c>用</c>, or as a Chinese word for a ratio (<c>画一只狐狸竖图</c>). Words in quotation marks and
    /// parentheses are never taken. Words that are unclear or contradict each other remain in the prompt and are reported in
    /// <see cref="ExtractedChoice.NotTaken"/>. Takes time in proportion to the length of the text.
    /// </remarks>
    /// <param name="text">The sentence, of any length.</param>
    /// <returns>The choice, the remaining prompt, and the words that were taken and not taken.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null. No text causes another exception.</exception>
    public static ExtractedChoice Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ChoiceExtraction.Extract(text);
    }

    /// <summary>Applies the choice to a request.</summary>
    /// <param name="request">The request. Values that the choice does not specify stay unchanged.</param>
    /// <returns>A copy of the request with the choice.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public ImageRequest ApplyTo(ImageRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request with
        {
            Model = Model ?? request.Model,
            Size = Size ?? request.Size,
            AspectRatio = AspectRatio ?? request.AspectRatio,
        };
    }
}
