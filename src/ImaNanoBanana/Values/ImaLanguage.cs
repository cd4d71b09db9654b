namespace ImaNanoBanana;

/// <summary>
/// A language, <c>en</c> or <c>zh</c>, of the service's labels (wire contract, headers) and of messages and advice. Chosen per
/// call or client,
/// never taken from the thread's culture. An open set.
/// </summary>
/// <remarks>Immutable. The <see langword="default"/> value is <see cref="English"/>.</remarks>
public readonly record struct ImaLanguage
{
    private const string EnglishCode = "en";
    private readonly string? _code;

    /// <summary>Names a language.</summary>
    /// <param name="code">The service's code, <c>en</c> or <c>zh</c>: letters, digits and hyphens.</param>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="code"/> is empty or holds another character, which no header could
    /// carry.</exception>
    public ImaLanguage(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length == 0 || !code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            throw new ArgumentException($"'{code}' is no language code. Use 'en' or 'zh'.", nameof(code));
        }

        _code = code;
    }

    /// <summary>English: <c>en</c>.</summary>
    public static ImaLanguage English => new(EnglishCode);

    /// <summary>Chinese: <c>zh</c>.</summary>
    public static ImaLanguage Chinese => new("zh");

    /// <summary>The service's code; never null.</summary>
    public string Code => _code ?? EnglishCode;

    /// <inheritdoc/>
    public bool Equals(ImaLanguage other) => string.Equals(Code, other.Code, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Code);

    /// <summary>The service's code.</summary>
    /// <returns><see cref="Code"/>.</returns>
    public override string ToString() => Code;
}
