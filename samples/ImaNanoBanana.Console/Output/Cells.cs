using System.Text;
using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Measures text in terminal cells. A Chinese character takes two.</summary>
internal static class Cells
{
    public static string Pad(string text, int cells) => text + new string(' ', Math.Max(0, cells - text.GetCellWidth()));

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

    /// <returns>The lines of the text, broken at spaces and between wide characters.</returns>
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

    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = rune.ToString();
            var isClosing = "，。；：、）！？".Contains(letter, StringComparison.Ordinal);
            if (letter.GetCellWidth() > 1 && !isClosing && piece.Length > 0)
            {
                yield return piece.ToString();
                piece.Clear();
            }

            piece.Append(letter);
            if (letter == " ")
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }

        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }
}
