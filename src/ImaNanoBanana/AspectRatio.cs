using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Texts;

namespace ImaNanoBanana;

/// <summary>
/// The ratio of an image's width to its height as the service spells it, for example <c>16:9</c>
/// (wire contract, section 1). An open set: which ratios are offered depends on the model.
/// </summary>
/// <remarks>Immutable. Compared trimmed and ignoring case. The <see langword="default"/> value is the empty ratio.</remarks>
public readonly struct AspectRatio : IEquatable<AspectRatio>
{
    private readonly string? _value;

    /// <summary>Names a ratio.</summary>
    /// <param name="value">Width, colon, height: <c>16:9</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public AspectRatio(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.Trim();
    }

    /// <summary>As wide as high: <c>1:1</c>.</summary>
    public static AspectRatio Square => new("1:1");

    /// <summary>Landscape: <c>16:9</c>.</summary>
    public static AspectRatio Wide16x9 => new("16:9");

    /// <summary>Portrait: <c>9:16</c>.</summary>
    public static AspectRatio Tall9x16 => new("9:16");

    /// <summary>The service's spelling; never null.</summary>
    public string Value => _value ?? "";

    /// <summary>Whether two values are the same ratio.</summary>
    /// <param name="left">One ratio.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they are spelled alike, ignoring case.</returns>
    public static bool operator ==(AspectRatio left, AspectRatio right) => left.Equals(right);

    /// <summary>Whether two values are different ratios.</summary>
    /// <param name="left">One ratio.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they are spelled differently, ignoring case.</returns>
    public static bool operator !=(AspectRatio left, AspectRatio right) => !left.Equals(right);

    /// <summary>Reads what a person wrote for a ratio (wire contract, vocabulary); case, full-width letters and spacing do not matter.</summary>
    /// <param name="text">One word or name: <c>16:9</c>, <c>16x9</c>, <c>landscape</c>, <c>横图</c>.</param>
    /// <returns>The ratio.</returns>
    /// <exception cref="ImaException">The word is not known (<see cref="ImaErrorKind.InvalidRequest"/>); the message and <see cref="ImaException.Offered"/> list the choices.</exception>
    public static AspectRatio Parse(string? text) => Vocabulary.Ratio(text) ?? throw Vocabulary.NoRatio(text);

    /// <summary>Reads like <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">One word or name.</param>
    /// <param name="ratio">The ratio when the word is known; else the <see langword="default"/> value.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string? text, out AspectRatio ratio)
    {
        var read = Vocabulary.Ratio(text);
        ratio = read.GetValueOrDefault();
        return read.HasValue;
    }

    /// <inheritdoc/>
    public bool Equals(AspectRatio other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is AspectRatio other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>The service's spelling.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
