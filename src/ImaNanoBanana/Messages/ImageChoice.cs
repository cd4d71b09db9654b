using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Messages;

namespace ImaNanoBanana;

/// <summary>
/// What a person chose in words: <c>最便宜</c>, <c>Pro 4K landscape</c> (wire contract, vocabulary). A value; what the words do
/// not say is null.
/// </summary>
/// <remarks>
/// Words are English or Chinese, in any case, in full-width or half-width letters, with or without spaces between them and
/// inside them. Nothing at all means the balanced model.
/// </remarks>
public sealed record ImageChoice
{
    /// <summary>The model.</summary>
    public ImageModel? Model { get; init; }

    /// <summary>The size. <c>8K</c> is kept: the order makes 4K of it and says so.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>The ratio of width to height.</summary>
    public AspectRatio? AspectRatio { get; init; }

    /// <summary>Reads a choice.</summary>
    /// <param name="phrase">The words; null and white space mean nothing in particular.</param>
    /// <returns>What they say.</returns>
    /// <exception cref="ImaException">
    /// A word is not known, or two of them contradict each other (<see cref="ImaErrorKind.InvalidRequest"/>). The message and
    /// <see cref="ImaException.AllowedValues"/> list the choices.
    /// </exception>
    public static ImageChoice Parse(string? phrase) => Vocabulary.Read(phrase, out var error) ?? throw error!;

    /// <summary>Reads a choice like <see cref="Parse"/>, without an exception.</summary>
    /// <param name="phrase">The words; null and white space mean nothing in particular.</param>
    /// <param name="choice">What they say.</param>
    /// <returns>Whether every word is known and none contradicts another.</returns>
    public static bool TryParse(string? phrase, [NotNullWhen(true)] out ImageChoice? choice) =>
        (choice = Vocabulary.Read(phrase, out _)) is not null;

    /// <summary>Puts the choice into a request.</summary>
    /// <param name="request">The request; what the choice does not say stays as it is.</param>
    /// <returns>The request with the choice.</returns>
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
