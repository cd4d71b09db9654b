using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Texts;

namespace ImaNanoBanana;

/// <summary>
/// A size class of images as the service spells it, <c>512px</c>, <c>1K</c>, <c>2K</c> or <c>4K</c>
/// (wire contract, section 1). The figure is the rough length of a square image's edge in pixels.
/// An open set: sizes that this version does not know survive a round trip.
/// </summary>
/// <remarks>Immutable. Compared trimmed and ignoring case. The <see langword="default"/> value is the empty size.</remarks>
public readonly struct ImageSize : IEquatable<ImageSize>
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

    /// <summary>Whether two values name the same size.</summary>
    /// <param name="left">One size.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they are equal, ignoring case.</returns>
    public static bool operator ==(ImageSize left, ImageSize right) => left.Equals(right);

    /// <summary>Whether two values name different sizes.</summary>
    /// <param name="left">One size.</param>
    /// <param name="right">The other.</param>
    /// <returns>True when they differ, ignoring case.</returns>
    public static bool operator !=(ImageSize left, ImageSize right) => !left.Equals(right);

    /// <summary>Reads what a person wrote for a size (wire contract, vocabulary); case, full-width letters and spacing do not matter.</summary>
    /// <param name="text">One word or name: <c>512</c>, <c>2k</c>, <c>最便宜</c>.</param>
    /// <returns>The size.</returns>
    /// <exception cref="ImaException">The word is not known (<see cref="ImaErrorKind.InvalidRequest"/>); the message and <see cref="ImaException.Offered"/> list the choices.</exception>
    public static ImageSize Parse(string? text) => Vocabulary.Size(text) ?? throw Vocabulary.NoSize(text);

    /// <summary>Reads like <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">One word or name.</param>
    /// <param name="size">The size when the word is known; else the <see langword="default"/> value.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryParse(string? text, out ImageSize size)
    {
        var read = Vocabulary.Size(text);
        size = read.GetValueOrDefault();
        return read.HasValue;
    }

    /// <inheritdoc/>
    public bool Equals(ImageSize other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ImageSize other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>The service's spelling.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
