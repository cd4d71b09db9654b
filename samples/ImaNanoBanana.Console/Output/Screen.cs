using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Masking;
using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>
/// Writes results to standard output and everything else to standard error, as lines or, on a terminal, as one line that changes in
/// place. Untrusted text is made harmless here. If standard error cannot be written, the program continues; if standard output
/// cannot be written, an <see cref="OutputException"/> is thrown.
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

    /// <summary>Writes one label and value per line, with the values aligned.</summary>
    public void Result(IReadOnlyList<(string Label, string Value)> facts)
    {
        var widest = facts.Max(fact => fact.Label.GetCellWidth());
        foreach (var (label, value) in facts)
        {
            Result($"{Cells.Pad(label, widest)}  {value}");
        }
    }

    /// <summary>Writes a table as wide as its values require, because a value that is cut off cannot be copied.</summary>
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
            // The error cannot be reported, and the task continues.
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
