using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>
/// Represents the id of an image model in the service. The set is open: ids that this version does not know survive a round trip.
/// </summary>
/// <remarks>Immutable. The <see langword="default"/> value is the empty id.</remarks>
[JsonConverter(typeof(ImageValuesJsonConverter))]
public readonly record struct ImageModel
{
    private readonly string? _id;

    /// <summary>Initializes a model from its id.</summary>
    /// <param name="id">The id in the service, for example <c>gemini-3.1-flash-image</c>; compared exactly.</param>
    /// <exception cref="ArgumentNullException"><paramref name="id"/> is null.</exception>
    public ImageModel(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        _id = id;
    }

    /// <summary>Gets Nano Banana 2, <c>gemini-3.1-flash-image</c>: the balanced default.</summary>
    public static ImageModel NanoBanana2 => new("gemini-3.1-flash-image");

    /// <summary>Gets Nano Banana Pro, <c>gemini-3-pro-image</c>: the highest quality.</summary>
    public static ImageModel NanoBananaPro => new("gemini-3-pro-image");

    /// <summary>Gets the id of the model in the service; never null.</summary>
    public string Id => _id ?? "";

    /// <inheritdoc/>
    public bool Equals(ImageModel other) => string.Equals(Id, other.Id, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Id);

    /// <summary>Returns the id of the model.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;
}
