using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>
/// Results go to standard output, everything else to standard error: lines, and on a terminal one line that changes in place.
/// </summary>
internal sealed class Screen(CliHost host)
{
    private bool _isLineOpen;

    /// <summary>Whether a line can change in place.</summary>
    public bool IsLive => !host.IsErrorRedirected;

    public void Live(string text)
    {
        host.Error.Write("\r\u001b[K" + Cells.Cut(text, host.Width - 1));
        host.Error.Flush();
        _isLineOpen = true;
    }

    public void Note(string text)
    {
        CloseLine();
        host.Error.WriteLine(text);
    }

    public void Result(string text)
    {
        CloseLine();
        host.Out.WriteLine(text);
        host.Out.Flush();
    }

    /// <summary>Label and value, one pair a line, the values below each other.</summary>
    public void Result(IReadOnlyList<(string Label, string Value)> facts)
    {
        var widest = facts.Max(fact => fact.Label.GetCellWidth());
        foreach (var (label, value) in facts)
        {
            Result($"{Cells.Pad(label, widest)}  {value}");
        }
    }

    /// <summary>A table, as wide as its values ask for: what is cut off cannot be copied.</summary>
    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        CloseLine();
        var lines = rows.Prepend(heads).ToList();
        var widths = heads.Select((_, column) => lines.Max(line => line[column].GetCellWidth())).ToList();
        foreach (var line in lines)
        {
            host.Out.WriteLine(string.Join("  ", line.Select((cell, column) => Cells.Pad(cell, widths[column]))).TrimEnd());
        }
    }

    private void CloseLine()
    {
        if (_isLineOpen)
        {
            host.Error.WriteLine();
            _isLineOpen = false;
        }
    }
}
