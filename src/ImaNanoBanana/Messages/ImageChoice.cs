using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Messages;

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
