using System.Text;
using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Measures text in terminal cells and breaks it into lines. A Chinese character takes two cells. Pure.</summary>
internal static class Cells
{
    private const string Ellipsis = "...";

    /// <summary>The cells of labels such as "Detail:". A longer text before a colon is part of a sentence.</summary>
    private const int LongestLabel = 12;

    /// <summary>No line starts with these characters.</summary>
    private const string Closing = "，。；：、）！？”’》」』】〉…,.;:!?)]}%";

    /// <summary>No line ends with these characters.</summary>
    private const string Opening = "（“‘《「『【〈([{";

    public static string Pad(string text, int cells) => text + new string(' ', Math.Max(0, cells - text.GetCellWidth()));

    public static string PadLeft(string text, int cells) => new string(' ', Math.Max(0, cells - text.GetCellWidth())) + text;

    public static string Cut(string text, int cells)
    {
        var kept = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            used += rune.ToString().GetCellWidth();
            if (used > cells)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }

    /// <returns>The text; if it is too long, as much of it as fits, followed by <c>...</c></returns>
    public static string Shorten(string text, int cells) =>
        text.GetCellWidth() <= cells ? text : Cut(text, cells - Ellipsis.Length).TrimEnd() + Ellipsis;

    /// <returns>
    /// The lines of the text, broken at spaces and next to wide characters. A word that is longer than a line is left whole, so that it
    /// can be copied.
    /// </returns>
    public static IEnumerable<string> Wrap(string text, int cells)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var piece in Pieces(text))
        {
            var width = piece.TrimEnd(' ').GetCellWidth();
            if (used > 0 && used + width > cells)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                used = 0;
            }

            line.Append(piece);
            used += piece.GetCellWidth();
        }

        yield return line.ToString().TrimEnd();
    }

    /// <returns>The lines of a text that starts with a label: further lines are indented to the text after the label.</returns>
    public static IEnumerable<string> WrapLabelled(string text, int cells)
    {
        var indent = LabelWidth(text);
        return indent == 0
            ? Wrap(text, cells)
            : Wrap(text[LabelLength(text)..], Math.Max(1, cells - indent)).Select(
                (line, index) => index == 0 ? text[..LabelLength(text)] + line : new string(' ', indent) + line);
    }

    private static int LabelWidth(string text) => text[..LabelLength(text)].GetCellWidth();

    /// <returns>The number of characters up to the text after a label; 0 if there is no label.</returns>
    private static int LabelLength(string text)
    {
        var colon = text.AsSpan().IndexOfAny(':', '：');
        if (colon <= 0 || text[..colon].GetCellWidth() > LongestLabel)
        {
            return 0;
        }

        var end = colon + 1;
        while (end < text.Length && text[end] == ' ')
        {
            end++;
        }

        // "https://..." is not a label.
        return end < text.Length && (end > colon + 1 || text[colon] == '：') ? end : 0;
    }

    /// <returns>The parts between which a line may end.</returns>
    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        var last = "";
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = rune.ToString();
            if (piece.Length > 0 && MayBreak(last, letter))
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(letter);
            last = letter;
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static bool MayBreak(string last, string next)
    {
        if (last == " ")
        {
            return next != " ";
        }

        return next != " " && (IsWide(last) || IsWide(next))
            && !Opening.Contains(last, StringComparison.Ordinal) && !Closing.Contains(next, StringComparison.Ordinal);
    }

    private static bool IsWide(string letter) => letter.GetCellWidth() > 1;
}
