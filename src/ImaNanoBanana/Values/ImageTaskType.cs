using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>
/// Represents the type of a task: an image from a prompt, or an image from a prompt and source images. The set is open: types that
/// this version does not know survive a round trip.
/// </summary>
/// <remarks>Immutable. The <see langword="default"/> value is <see cref="TextToImage"/>.</remarks>
[JsonConverter(typeof(ImageValuesJsonConverter))]
public readonly record struct ImageTaskType
{
    private const string TextToImageWord = "text_to_image";
    private readonly string? _value;

    /// <summary>Initializes a task type.</summary>
    /// <param name="value">The name that the service uses, for example <c>text_to_image</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public ImageTaskType(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>Gets the type for an image from a prompt alone: <c>text_to_image</c>.</summary>
    public static ImageTaskType TextToImage => new(TextToImageWord);

    /// <summary>Gets the type for an image from a prompt and one or more source images: <c>image_to_image</c>.</summary>
    public static ImageTaskType ImageToImage => new("image_to_image");

    /// <summary>Gets the name that the service uses; never null.</summary>
    public string Value => _value ?? TextToImageWord;

    /// <inheritdoc/>
    public bool Equals(ImageTaskType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <summary>Returns the name that the service uses.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
