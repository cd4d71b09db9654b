namespace ImaNanoBanana;

/// <summary>
/// What a task does: make an image from words, or from words and images (wire contract, section 1).
/// An open set: types that this version does not know survive a round trip.
/// </summary>
/// <remarks>Immutable. The <see langword="default"/> value is <see cref="TextToImage"/>.</remarks>
public readonly record struct ImageTaskType
{
    private const string TextToImageWord = "text_to_image";
    private readonly string? _value;

    /// <summary>Names a task type.</summary>
    /// <param name="value">The service's word, for example <c>text_to_image</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public ImageTaskType(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value;
    }

    /// <summary>An image from a prompt alone: <c>text_to_image</c>.</summary>
    public static ImageTaskType TextToImage => new(TextToImageWord);

    /// <summary>An image from a prompt and one or more images: <c>image_to_image</c>.</summary>
    public static ImageTaskType ImageToImage => new("image_to_image");

    /// <summary>The service's word; never null.</summary>
    public string Value => _value ?? TextToImageWord;

    /// <inheritdoc/>
    public bool Equals(ImageTaskType other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    /// <summary>The service's word.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
