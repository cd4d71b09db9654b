using System.Text.RegularExpressions;

namespace ImaNanoBanana.Console.Tests;

/// <summary>Reads what a terminal was sent.</summary>
internal static class DrawnText
{
    private static readonly Regex MoveUp = new(@"\u001b\[\d+A");

    /// <returns>Every line that was ever drawn, those in progress too.</returns>
    public static IReadOnlyList<string> Lines(string text) =>
        [.. MoveUp.Replace(text, "").Split(["\n", "\r\u001b[J"], StringSplitOptions.RemoveEmptyEntries)];

    /// <returns>What the terminal shows at the end.</returns>
    public static IReadOnlyList<string> Screen(string text)
    {
        var lines = new List<string> { "" };
        var row = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var up = MoveUp.Match(text, index);
            if (up.Success && up.Index == index)
            {
                row -= int.Parse(up.Value[2..^1], System.Globalization.CultureInfo.InvariantCulture);
                index += up.Length - 1;
            }
            else if (text.AsSpan(index).StartsWith("\r\u001b[J"))
            {
                lines.RemoveRange(row, lines.Count - row);
                lines.Add("");
                index += "\r\u001b[J".Length - 1;
            }
            else if (text[index] == '\n')
            {
                row++;
                if (row == lines.Count)
                {
                    lines.Add("");
                }
            }
            else
            {
                lines[row] += text[index];
            }
        }

        return lines;
    }
}
