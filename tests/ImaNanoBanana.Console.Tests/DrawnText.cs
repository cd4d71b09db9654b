using System.Globalization;
using System.Text.RegularExpressions;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Reads what a terminal was sent.</summary>
internal static class DrawnText
{
    /// <summary>Moves up, erases the rest of a line, or goes to the start of a line.</summary>
    private static readonly Regex Control = new(@"\u001b\[(?<rows>\d+)A|\u001b\[K|\r");

    /// <returns>Every line that was ever drawn, those in progress too.</returns>
    public static IReadOnlyList<string> Lines(string text) =>
        [.. Control.Replace(text, control => control.Value == "\r" ? "\n" : "").Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    /// <returns>What the terminal shows at the end, down to the row of the cursor or the last row with text.</returns>
    public static IReadOnlyList<string> Screen(string text)
    {
        var lines = new List<string> { "" };
        var (row, column) = (0, 0);
        for (var index = 0; index < text.Length; index++)
        {
            var control = Control.Match(text, index);
            if (control.Success && control.Index == index)
            {
                row -= control.Groups["rows"] is { Success: true } rows ? int.Parse(rows.Value, CultureInfo.InvariantCulture) : 0;
                lines[row] = control.Value == "\u001b[K" ? lines[row][..Math.Min(column, lines[row].Length)] : lines[row];
                column = control.Value == "\r" ? 0 : column;
                index += control.Length - 1;
            }
            else if (text[index] == '\n')
            {
                (row, column) = (row + 1, 0);
                lines.AddRange(Enumerable.Repeat("", Math.Max(0, row + 1 - lines.Count)));
            }
            else
            {
                lines[row] = lines[row].PadRight(column)[..column] + text[index] + lines[row][Math.Min(column + 1, lines[row].Length)..];
                column++;
            }
        }

        var last = Math.Max(row, lines.FindLastIndex(line => line.Length > 0));
        return lines[..(last + 1)];
    }
}
