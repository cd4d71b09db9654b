using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>
/// Represents the ratio of an image's width to its height as the service spells it, for example <c>16:9</c>. The constants
/// name the ratios that the service lists today; which of them a model offers is in <see cref="ImageModelInfo.AspectRatios"/>,
/// and any other text is passed on as it is.
/// </summary>
/// <remarks>Immutable. Compared trimmed and ignoring case. The <see langword="default"/> value is the empty ratio.</remarks>
[JsonConverter(typeof(ImageValuesJsonConverter))]
public readonly record struct AspectRatio
{
    private readonly string? _value;

    /// <summary>Initializes a ratio from its text.</summary>
    /// <param name="value">Width, colon, height: <c>16:9</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public AspectRatio(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.Trim();
    }

    /// <summary>Square: <c>1:1</c>.</summary>
    public static AspectRatio Square1x1 => new("1:1");

    /// <summary>Landscape: <c>5:4</c>.</summary>
    public static AspectRatio Landscape5x4 => new("5:4");

    /// <summary>Landscape: <c>4:3</c>.</summary>
    public static AspectRatio Landscape4x3 => new("4:3");

    /// <summary>Landscape: <c>3:2</c>.</summary>
    public static AspectRatio Landscape3x2 => new("3:2");

    /// <summary>Landscape: <c>16:9</c>.</summary>
    public static AspectRatio Landscape16x9 => new("16:9");

    /// <summary>Landscape: <c>21:9</c>.</summary>
    public static AspectRatio Landscape21x9 => new("21:9");

    /// <summary>Landscape: <c>4:1</c>.</summary>
    public static AspectRatio Landscape4x1 => new("4:1");

    /// <summary>Landscape: <c>8:1</c>.</summary>
    public static AspectRatio Landscape8x1 => new("8:1");

    /// <summary>Portrait: <c>4:5</c>.</summary>
    public static AspectRatio Portrait4x5 => new("4:5");

    /// <summary>Portrait: <c>3:4</c>.</summary>
    public static AspectRatio Portrait3x4 => new("3:4");

    /// <summary>Portrait: <c>2:3</c>.</summary>
    public static AspectRatio Portrait2x3 => new("2:3");

    /// <summary>Portrait: <c>9:16</c>.</summary>
    public static AspectRatio Portrait9x16 => new("9:16");

    /// <summary>Portrait: <c>1:4</c>.</summary>
    public static AspectRatio Portrait1x4 => new("1:4");

    /// <summary>Portrait: <c>1:8</c>.</summary>
    public static AspectRatio Portrait1x8 => new("1:8");

    /// <summary>Gets the service's spelling; never null.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public bool Equals(AspectRatio other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns the service's spelling.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
