using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Masking;

/// <summary>
/// The one place that decides what a text of others (the service, a gateway, an app's handler, a product list) may do when it
/// leaves the SDK: it can neither steer a terminal, nor reorder or hide what is beside it, nor begin a line of a log, nor be a text
/// that cannot be written. Pure.
/// </summary>
internal static partial class UntrustedText
{
    /// <summary>Longer than anyone reads.</summary>
    private const int LongestQuote = 300;

    /// <summary>Before these, a text of ASCII is looked at no further.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <param name="text">The text.</param>
    /// <param name="keepsLines">Whether line feeds stay: in texts of several lines that the SDK put together.</param>
    /// <returns>The text itself where nothing is wrong with it; else with a space for line breaks, escape sequences, control
    /// characters and direction controls.</returns>
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
                // Never nothing: what a control character parts, a masked key for example, must not grow together.
                clean.Append(' ');
            }
        }

        var result = clean.ToString();
        return result == text ? text : result;
    }

    /// <summary>
    /// What the service said, on one line and not longer than anyone reads. Queries of addresses are left out: they may be
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

    /// <returns>The text; where it is longer, as many of its whole characters as fit, and <c>...</c></returns>
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

        // One character of people may be longer than the limit.
        end = end > 0 ? end : char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..end] + "...";
    }

    /// <returns>An address as it came, or escaped where it holds what a text may not.</returns>
    public static string Address(Uri address)
    {
        var text = address.OriginalString;
        return ReferenceEquals(Clean(text), text) ? text : Clean(address.AbsoluteUri);
    }

    /// <returns>Whether a character of one line may be shown. Marks, embeddings, overrides and isolates of direction may not.</returns>
    public static bool IsHarmless(char letter) => !char.IsControl(letter)
        && letter is not (
            '\u2028' or '\u2029' or '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or (>= '\u202A' and <= '\u202E')
                or (>= '\u2066' and <= '\u2069'));

    /// <summary>Beyond the basic plane, the tags: a copy of ASCII that only machines read.</summary>
    private static bool IsHarmless(Rune rune) => rune.IsBmp ? IsHarmless((char)rune.Value) : rune.Value is < 0xE0000 or > 0xE007F;

    /// <summary>A question mark with a name and a value behind it, up to where an address in a sentence ends.</summary>
    [GeneratedRegex("""\?[^\s?="'<>]+=[^\s"'<>]*""")]
    private static partial Regex Query();

    /// <summary>
    /// What a terminal takes for a command, whole: its letters would stay as litter. One that is cut off loses its first character
    /// only. No command holds the beginning of another, so that a text of many beginnings is not read to its end for each of them.
    /// </summary>
    [GeneratedRegex(
        "(?:\\u001B\\[|\\u009B)[0-?]*[ -/]*[@-~]"
            + "|(?:\\u001B[\\]P^_X]|[\\u009D\\u0090\\u009E\\u009F\\u0098])[^\\u0007\\u001B\\u0090\\u0098\\u009C-\\u009F]*"
            + "(?:\\u0007|\\u001B\\\\|\\u009C)"
            + "|\\u001B[ -/]*[0-~]")]
    private static partial Regex EscapeSequence();
}
