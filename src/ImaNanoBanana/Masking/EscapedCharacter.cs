using System.Globalization;

namespace ImaNanoBanana.Masking;

/// <summary>Reads one character of a text that may be escaped, including escapes that are escaped themselves. Pure.</summary>
internal static class EscapedCharacter
{
    /// <summary>Entities longer than <c>&amp;#x0000003d;</c> do not represent ASCII characters.</summary>
    private const int LongestEntity = 10;

    private const int None = -1;

    /// <returns>Whether the character at this position may start an escape.</returns>
    public static bool MayBeginAt(ReadOnlySpan<byte> text, int at) => at < text.Length && text[at] is (byte)'\\' or (byte)'%' or (byte)'&';

    /// <returns>The position of the first character that may start an escape; -1 if there is none.</returns>
    public static int IndexIn(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)'\\', (byte)'%', (byte)'&');

    /// <param name="text">The text.</param>
    /// <param name="at">The position where the character starts.</param>
    /// <param name="layers">The number of escape layers to undo; 0 reads the bytes as they are.</param>
    /// <returns>The character and the position of the next one; a negative character at the end of the text.</returns>
    public static (int Value, int End) Read(ReadOnlySpan<byte> text, int at, int layers)
    {
        if (at >= text.Length)
        {
            return (None, at);
        }

        if (layers == 0)
        {
            return (text[at], at + 1);
        }

        var first = Read(text, at, layers - 1);
        var escaped = first.Value switch
        {
            '\\' => Backslash(text, first.End, layers - 1),
            '%' => Hexadecimal(text, first.End, 2, layers - 1),
            '&' => Entity(text, first.End, layers - 1),
            _ => first,
        };
        return escaped.Value < 0 ? first : escaped;
    }

    private static (int Value, int End) Backslash(ReadOnlySpan<byte> text, int at, int layers)
    {
        var (letter, end) = Read(text, at, layers);
        return letter switch
        {
            'u' => Hexadecimal(text, end, 4, layers),
            'x' => Hexadecimal(text, end, 2, layers),
            '/' or '"' or '\'' or '\\' => (letter, end),
            _ => (None, at),
        };
    }

    private static (int Value, int End) Hexadecimal(ReadOnlySpan<byte> text, int at, int digits, int layers)
    {
        var value = 0;
        for (var count = 0; count < digits; count++)
        {
            var (letter, end) = Read(text, at, layers);
            if (letter is < 0 or > 127 || !char.IsAsciiHexDigit((char)letter))
            {
                return (None, at);
            }

            value = (value * 16) + HexValue((char)letter);
            at = end;
        }

        return (value, at);
    }

    private static (int Value, int End) Entity(ReadOnlySpan<byte> text, int at, int layers)
    {
        Span<char> name = stackalloc char[LongestEntity];
        for (var length = 0; length < name.Length; length++)
        {
            var (letter, end) = Read(text, at, layers);
            if (letter == ';')
            {
                return (Named(name[..length]), end);
            }

            if (letter is not '#' && (letter is < 0 or > 127 || !char.IsAsciiLetterOrDigit((char)letter)))
            {
                break;
            }

            name[length] = (char)letter;
            at = end;
        }

        return (None, at);
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static int Named(ReadOnlySpan<char> name) => name switch
    {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        ['#', 'x' or 'X', .. var digits] =>
            int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) ? value : None,
        ['#', .. var digits] => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : None,
        _ => None,
    };
}
