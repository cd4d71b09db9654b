namespace ImaNanoBanana.Cli.Batch;

/// <summary>Splits a table into its records. A cell in quotation marks may contain separators and line breaks. Pure.</summary>
internal static class CsvRecords
{
    private const char Quote = '"';
    private const string Separators = ",;\t";

    /// <returns>The separator of the line that names the columns: a comma, a semicolon or a tab.</returns>
    public static char Separator(string heads) =>
        Separators.MaxBy(separator => heads.Count(letter => letter == separator));

    /// <param name="lines">The lines of the table.</param>
    /// <param name="separator">The separator between cells.</param>
    /// <returns>
    /// For each record, the number of its first line from 0, and its cells; no cells if the quotation marks are not valid.
    /// </returns>
    public static IEnumerable<(int Line, IReadOnlyList<string>? Cells)> Read(IReadOnlyList<string> lines, char separator)
    {
        for (var line = 0; line < lines.Count; line++)
        {
            if (string.IsNullOrWhiteSpace(lines[line]))
            {
                continue;
            }

            var first = line;
            var text = lines[line];
            while (text.Count(letter => letter == Quote) % 2 == 1 && line + 1 < lines.Count)
            {
                text += '\n' + lines[++line];
            }

            yield return (first, Cells(text, separator));
        }
    }

    /// <returns>The cells; null if a quotation mark is neither around a whole cell nor doubled.</returns>
    private static List<string>? Cells(string text, char separator)
    {
        var cells = new List<string>();
        var rest = text.AsSpan();
        while (true)
        {
            rest = rest.TrimStart(' ');
            var end = rest is [Quote, ..] ? AfterQuotes(rest) : 0;
            if (end < 0)
            {
                return null;
            }

            var next = rest[end..].IndexOf(separator);
            var after = next < 0 ? rest[end..] : rest[end..(end + next)];
            if (after.Contains(Quote) || (end > 0 && !after.IsWhiteSpace()))
            {
                return null;
            }

            cells.Add(end > 0 ? rest[1..(end - 1)].ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : after.Trim().ToString());
            if (next < 0)
            {
                return cells;
            }

            rest = rest[(end + next + 1)..];
        }
    }

    /// <returns>The position after the quotation mark that closes the first one; -1 if there is none.</returns>
    private static int AfterQuotes(ReadOnlySpan<char> text)
    {
        for (var index = 1; index < text.Length; index++)
        {
            if (text[index] != Quote)
            {
                continue;
            }

            if (index + 1 == text.Length || text[index + 1] != Quote)
            {
                return index + 1;
            }

            index++;
        }

        return -1;
    }
}
