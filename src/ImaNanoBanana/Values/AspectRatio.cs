namespace ImaNanoBanana;

/// <summary>
/// The ratio of an image's width to its height as the service spells it, for example <c>16:9</c>
/// (wire contract, section 1). An open set: which ratios are offered depends on the model.
/// </summary>
/// <remarks>Immutable. Compared trimmed and ignoring case. The <see langword="default"/> value is the empty ratio.</remarks>
public readonly record struct AspectRatio
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

    /// <inheritdoc/>
    public bool Equals(AspectRatio other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>The service's spelling.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value;
}
