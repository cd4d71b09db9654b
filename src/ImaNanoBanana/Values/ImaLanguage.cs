using System.Text.Json.Serialization;

namespace ImaNanoBanana;

/// <summary>
/// Represents a language, <c>en</c> or <c>zh</c>, of the service's labels and of messages and advice. It is set for each call or
/// client and never taken from the culture of the thread. The set is open: other language codes are possible.
/// </summary>
/// <remarks>Immutable. The <see langword="default"/> value is <see cref="English"/>.</remarks>
[JsonConverter(typeof(ImageValuesJsonConverter))]
public readonly record struct ImaLanguage
{
    private const string EnglishCode = "en";
    private readonly string? _code;

    /// <summary>Initializes a language from its code.</summary>
    /// <param name="code">The code that the service uses, <c>en</c> or <c>zh</c>: letters, digits and hyphens.</param>
    /// <exception cref="ArgumentNullException"><paramref name="code"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="code"/> is empty or contains another character, because such a code
    /// cannot be sent in a header.</exception>
    public ImaLanguage(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length == 0 || !code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            throw new ArgumentException($"'{code}' is not a valid language code. Use 'en' or 'zh'.", nameof(code));
        }

        _code = code;
    }

    /// <summary>Gets English: <c>en</c>.</summary>
    public static ImaLanguage English => new(EnglishCode);

    /// <summary>Gets Chinese: <c>zh</c>.</summary>
    public static ImaLanguage Chinese => new("zh");

    /// <summary>Gets the code that the service uses; never null.</summary>
    public string Code => _code ?? EnglishCode;

    /// <inheritdoc/>
    public bool Equals(ImaLanguage other) => string.Equals(Code, other.Code, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Code);

    /// <summary>Returns the code that the service uses.</summary>
    /// <returns><see cref="Code"/>.</returns>
    public override string ToString() => Code;
}
