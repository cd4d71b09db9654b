using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>
/// Represents a size class of images in the spelling of the service: <c>512px</c>, <c>1K</c>, <c>2K</c> or <c>4K</c>. The figure
/// is the approximate edge length of a square image in pixels. The set is open: sizes that this version does not know survive a
/// round trip.
/// </summary>
/// <remarks>
/// Immutable. Values are trimmed and compared without regard to case. The <see langword="default"/> value is the empty size.
/// </remarks>
[JsonConverter(typeof(ImageValuesJsonConverter))]
public readonly record struct ImageSize
{
    private readonly string? _value;

    /// <summary>Initializes a size.</summary>
    /// <param name="value">The size in the spelling of the service, for example <c>1K</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public ImageSize(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.Trim();
    }

    /// <summary>Gets the size of about 512 pixels: <c>512px</c>.</summary>
    public static ImageSize Size512 => new("512px");

    /// <summary>Gets the size of about 1024 pixels: <c>1K</c>.</summary>
    public static ImageSize Size1K => new("1K");

    /// <summary>Gets the size of about 2048 pixels: <c>2K</c>.</summary>
    public static ImageSize Size2K => new("2K");

    /// <summary>Gets the size of about 4096 pixels: <c>4K</c>.</summary>
    public static ImageSize Size4K => new("4K");

    /// <summary>Gets the size in the spelling of the service; never null.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public bool Equals(ImageSize other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns the size in the spelling of the service.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
