using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Masking;

/// <summary>
/// Makes text from others (the service, a gateway, an app's handler, a product list) harmless before it leaves the SDK. This is the
/// only place that decides this. The text can neither control a terminal, nor reorder or hide the text beside it, nor start a log
/// line, and it can always be written. Pure.
/// </summary>
internal static partial class UntrustedText
{
    /// <summary>Longer texts are not useful to a reader.</summary>
    private const int LongestQuote = 300;

    /// <summary>A text that consists of these characters needs no further check.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <param name="text">The text.</param>
    /// <param name="keepsLines">Whether line feeds are kept, for texts of several lines that the SDK composed.</param>
    /// <returns>The same instance if the text is harmless. Otherwise, a text with a space in place of line breaks, escape sequences,
    /// control characters and direction controls.</returns>
    public static string Clean(string text, bool keepsLines = false)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in EscapeSequence().Replace(text, "\r").EnumerateRunes())
        {
            if (IsHarmless(rune) || (keepsLines && rune.Value == '\n'))
            {
                clean.Append(rune.ToString());
            }
            else if (clean.Length == 0 || clean[^1] is not (' ' or '\n'))
            {
                // Always insert a space: parts that a control character separates, for example a masked key, must not be joined.
                clean.Append(' ');
            }
        }

        var result = clean.ToString();
        return result == text ? text : result;
    }

    /// <summary>
    /// Returns a text of the service on one line and with a limited length. Query strings of URLs are removed, because they may contain
    /// signatures.
    /// </summary>
    public static string? Line(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var line = string.Join(' ', Query().Replace(Clean(text), "?...").Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return Cut(line, LongestQuote);
    }

    /// <returns>The text; if it is too long, as many whole characters as fit, followed by <c>...</c></returns>
    public static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = 0;
        while (StringInfo.GetNextTextElementLength(text, end) is var length && end + length <= longest)
        {
            end += length;
        }

        // One user-perceived character may be longer than the limit.
        end = end > 0 ? end : char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..end] + "...";
    }

    /// <returns>The URL in its original form, or escaped if it contains characters that a text may not contain.</returns>
    public static string Address(Uri address)
    {
        var text = address.OriginalString;
        return ReferenceEquals(Clean(text), text) ? text : Clean(address.AbsoluteUri);
    }

    /// <returns>Whether a character may be shown on a line. Marks, embeddings, overrides and isolates of direction may not.</returns>
    public static bool IsHarmless(char letter) => !char.IsControl(letter)
        && letter is not (
            '\u2028' or '\u2029' or '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or (>= '\u202A' and <= '\u202E')
                or (>= '\u2066' and <= '\u2069'));

    /// <summary>Beyond the basic plane, excludes the tag characters: a copy of ASCII that is invisible to people.</summary>
    private static bool IsHarmless(Rune rune) => rune.IsBmp ? IsHarmless((char)rune.Value) : rune.Value is < 0xE0000 or > 0xE007F;

    /// <summary>A question mark followed by a name and a value, up to the end of the URL within a sentence.</summary>
    [GeneratedRegex("""\?[^\s?="'<>]+=[^\s"'<>]*""")]
    private static partial Regex Query();

    /// <summary>
    /// Matches a whole terminal command, because its letters would otherwise remain in the text. A command that is cut off loses only its
    /// first character. No command contains the start of another, so a text with many starts is not read to its end for each of them.
    /// </summary>
    [GeneratedRegex(
        "(?:\\u001B\\[|\\u009B)[0-?]*[ -/]*[@-~]"
            + "|(?:\\u001B[\\]P^_X]|[\\u009D\\u0090\\u009E\\u009F\\u0098])[^\\u0007\\u001B\\u0090\\u0098\\u009C-\\u009F]*"
            + "(?:\\u0007|\\u001B\\\\|\\u009C)"
            + "|\\u001B[ -/]*[0-~]")]
    private static partial Regex EscapeSequence();
}
