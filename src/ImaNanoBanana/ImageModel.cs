using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Texts;

namespace ImaNanoBanana;

/// <summary>
/// The id of an image model, as the service names it (wire contract, section 1).
/// An open set: ids that this version does not know survive a round trip.
/// </summary>
/// <remarks>Immutable. The <see langword="default"/> value is the empty id.</remarks>
public readonly struct ImageModel : IEquatable<ImageModel>
{
    private readonly string? _id;

    /// <summary>Names a model by its id.</summary>
    /// <param name="id">The service's id, for example <c>gemini-3.1-flash-image</c>; compared exactly.</param>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    public ImageModel(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        _id = id;
    }

    /// <summary>Nano Banana 2, <c>gemini-3.1-flash-image</c>: the balanced default.</summary>
    public static ImageModel NanoBanana2 => new("gemini-3.1-flash-image");

    /// <summary>Nano Banana Pro, <c>gemini-3-pro-image</c>: the highest quality.</summary>
    public static ImageModel NanoBananaPro => new("gemini-3-pro-image");

    /// <summary>The service's id of the model; never null.</summary>
    public string Id => _id ?? "";

    /// <summary>Whether two values name the same model.</summary>
    /// <param name="left">One model.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when the ids are equal.</returns>
    public static bool operator ==(ImageModel left, ImageModel right) => left.Equals(right);

    /// <summary>Whether two values name different models.</summary>
    /// <param name="left">One model.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when the ids differ.</returns>
    public static bool operator !=(ImageModel left, ImageModel right) => !left.Equals(right);

    /// <summary>Reads what a person wrote for a model (wire contract, vocabulary); case, full-width letters and spacing do not matter.</summary>
    /// <param name="text">One word or name: <c>Pro</c>, <c>Nano Banana 2</c>, <c>平衡</c>, or its id.</param>
    /// <returns>The model.</returns>
    /// <exception cref="ImaException">The word is not known (<see cref="ImaErrorKind.InvalidRequest"/>); the message and <see cref="ImaException.Offered"/> list the choices.</exception>
    public static ImageModel Parse(string? text) => Vocabulary.Model(text) ?? throw Vocabulary.NoModel(text);

    /// <summary>Reads like <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">One word or name.</param>
    /// <param name="model">The model when the word is known; else the <see langword="default"/> value.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string? text, out ImageModel model)
    {
        var read = Vocabulary.Model(text);
        model = read.GetValueOrDefault();
        return read.HasValue;
    }

    /// <inheritdoc/>
    public bool Equals(ImageModel other) => string.Equals(Id, other.Id, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ImageModel other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>The service's id.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;
}
