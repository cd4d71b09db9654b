using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Masking;
using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>
/// Results go to standard output, everything else to standard error: lines, and on a terminal one line that changes in place. Texts
/// of others are made harmless here. Standard error that cannot be written ends nothing; standard output that cannot is an
/// <see cref="OutputException"/>.
/// </summary>
internal sealed class Screen(CliHost host)
{
    private bool _isLineOpen;

    /// <summary>Whether a line can change in place.</summary>
    public bool IsLive => !host.IsErrorRedirected;

    public void Live(string text)
    {
        ToError(error =>
        {
            error.Write("\r\u001b[K" + Cells.Cut(UntrustedText.Clean(text), host.Width - 1));
            error.Flush();
        });
        _isLineOpen = true;
    }

    public void Note(string text)
    {
        CloseLine();
        ToError(error => error.WriteLine(UntrustedText.Clean(text, keepsLines: true)));
    }

    public void Result(string text)
    {
        CloseLine();
        ToOutput(output =>
        {
            output.WriteLine(UntrustedText.Clean(text, keepsLines: true));
            output.Flush();
        });
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
        var lines = rows.Prepend(heads).Select(line => line.Select(cell => UntrustedText.Clean(cell)).ToList()).ToList();
        var widths = heads.Select((_, column) => lines.Max(line => line[column].GetCellWidth())).ToList();
        ToOutput(output =>
        {
            foreach (var line in lines)
            {
                output.WriteLine(string.Join("  ", line.Select((cell, column) => Cells.Pad(cell, widths[column]))).TrimEnd());
            }

            output.Flush();
        });
    }

    private void ToOutput(Action<TextWriter> write)
    {
        try
        {
            write(host.Out);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            throw new OutputException(exception);
        }
    }

    private void ToError(Action<TextWriter> write)
    {
        try
        {
            write(host.Error);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            // There is nowhere to tell it, and the task goes on.
        }
    }

    private void CloseLine()
    {
        if (_isLineOpen)
        {
            ToError(error => error.WriteLine());
            _isLineOpen = false;
        }
    }
}
