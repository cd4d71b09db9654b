using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>Lays out a table. If a row is wider than a line, its columns continue on further lines. Pure.</summary>
internal static class TableLines
{
    private const int Gap = 2;

    /// <param name="rows">The rows, with the heads first.</param>
    /// <param name="width">The number of cells in a line.</param>
    public static IReadOnlyList<string> Create(IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].GetCellWidth())).ToList();
        var starts = Starts(widths, width);
        return [.. rows.SelectMany(row => starts.Select((start, index) =>
        {
            var end = index + 1 < starts.Count ? starts[index + 1] : row.Count;
            var cells = Enumerable.Range(start, end - start).Select(column => Cells.Pad(row[column], widths[column]));
            return (new string(' ', index == 0 ? 0 : Gap) + string.Join(new string(' ', Gap), cells)).TrimEnd();
        }))];
    }

    /// <returns>The first column of each line.</returns>
    private static List<int> Starts(List<int> widths, int width)
    {
        List<int> starts = [0];
        var used = widths[0];
        for (var column = 1; column < widths.Count; column++)
        {
            used += Gap + widths[column];
            if (used > width)
            {
                starts.Add(column);
                used = Gap + widths[column];
            }
        }

        return starts;
    }
}
