namespace ImaNanoBanana;

/// <summary>
/// A size class of images as the service spells it, <c>512px</c>, <c>1K</c>, <c>2K</c> or <c>4K</c>
/// (wire contract, section 1). The figure is the rough length of a square image's edge in pixels.
/// An open set: sizes that this version does not know survive a round trip.
/// </summary>
/// <remarks>Immutable. Compared trimmed and ignoring case. The <see langword="default"/> value is the empty size.</remarks>
public readonly record struct ImageSize
{
    private readonly string? _value;

    /// <summary>Names a size.</summary>
    /// <param name="value">The service's spelling, for example <c>1K</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public ImageSize(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.Trim();
    }

    /// <summary>About 512 pixels: <c>512px</c>.</summary>
    public static ImageSize Size512 => new("512px");

    /// <summary>About 1024 pixels: <c>1K</c>.</summary>
    public static ImageSize Size1K => new("1K");

    /// <summary>About 2048 pixels: <c>2K</c>.</summary>
    public static ImageSize Size2K => new("2K");

    /// <summary>About 4096 pixels: <c>4K</c>.</summary>
    public static ImageSize Size4K => new("4K");

    /// <summary>The service's spelling; never null.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public bool Equals(ImageSize other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>The service's spelling.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
