using ImaNanoBanana.Cli.Running;
using ImaNanoBanana.Masking;
using Spectre.Console;

namespace ImaNanoBanana.Cli.Output;

/// <summary>
/// Writes results to standard output and everything else to standard error. On a terminal, text is broken between words, and lines in
/// progress change in place. Untrusted text is made harmless here. If standard error cannot be written, the program continues; if
/// standard output cannot be written, an <see cref="OutputException"/> is thrown.
/// </summary>
internal sealed class Screen(CliHost host)
{
    /// <summary>A line that starts with this is a command to copy, and it is not broken.</summary>
    private const string CommandIndent = "  ";

    private const string EraseBelow = "\u001b[J";

    /// <summary>The number of lines that change in place.</summary>
    private int _openLines;

    /// <summary>Whether lines can change in place.</summary>
    public bool IsLive => !host.IsErrorRedirected;

    /// <summary>
    /// The number of cells in a line. The last one stays free, because some terminals continue on the next line after it.
    /// </summary>
    public int LineWidth => host.Width - 1;

    public void Live(string text) => Live([text]);

    /// <summary>Replaces the lines in progress.</summary>
    public void Live(IReadOnlyList<string> lines)
    {
        ToError(error =>
        {
            error.Write(ToFirstLine() + string.Join(
                error.NewLine, lines.Select(line => Cells.Cut(UntrustedText.Clean(line), LineWidth))));
            error.Flush();
        });
        _openLines = lines.Count;
    }

    /// <summary>Removes the lines in progress.</summary>
    public void EraseLive()
    {
        if (_openLines > 0)
        {
            ToError(error => error.Write(ToFirstLine()));
            _openLines = 0;
        }
    }

    public void Note(string text)
    {
        KeepLive();
        ToError(error =>
        {
            foreach (var line in Lines(text, host.IsErrorRedirected))
            {
                error.WriteLine(line);
            }
        });
    }

    /// <summary>Writes JSON, or a value that another program reads. It is never broken.</summary>
    public void Result(string text)
    {
        KeepLive();
        ToOutput(output =>
        {
            output.WriteLine(UntrustedText.Clean(text, keepsLines: true));
            output.Flush();
        });
    }

    /// <summary>Writes text for people.</summary>
    public void Text(string text)
    {
        KeepLive();
        ToOutput(output =>
        {
            foreach (var line in Lines(text, host.IsOutputRedirected))
            {
                output.WriteLine(line);
            }

            output.Flush();
        });
    }

    /// <summary>Writes one label and value per line, with the values aligned.</summary>
    public void Result(IReadOnlyList<(string Label, string Value)> facts)
    {
        const int gap = 2;
        var column = facts.Max(fact => fact.Label.GetCellWidth()) + gap;
        foreach (var (label, value) in facts)
        {
            var clean = UntrustedText.Clean(value, keepsLines: true);
            var lines = host.IsOutputRedirected ? [clean] : Cells.Wrap(clean, Math.Max(1, LineWidth - column)).ToList();
            Result(string.Join(
                '\n', lines.Select((line, index) => Cells.Pad(index == 0 ? label : "", column) + line)).TrimEnd());
        }
    }

    /// <summary>
    /// Writes a table. On a terminal that is too narrow, each row takes several lines, and no value is cut off, so that it can be copied.
    /// </summary>
    public void Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        KeepLive();
        var cells = rows.Prepend(heads).Select(row => (IReadOnlyList<string>)[.. row.Select(cell => UntrustedText.Clean(cell))]).ToList();
        var lines = TableLines.Create(cells, host.IsOutputRedirected ? int.MaxValue : LineWidth);
        ToOutput(output =>
        {
            foreach (var line in lines)
            {
                output.WriteLine(line);
            }

            output.Flush();
        });
    }

    /// <summary>Writes text for the terminal itself or for a shell. It must not contain text from others.</summary>
    public void Raw(string text)
    {
        KeepLive();
        ToOutput(output =>
        {
            output.WriteLine(text);
            output.Flush();
        });
    }

    private IEnumerable<string> Lines(string text, bool isRedirected)
    {
        var clean = UntrustedText.Clean(text, keepsLines: true);
        return isRedirected
            ? [clean]
            : clean.Split('\n').SelectMany(
                line => line.StartsWith(CommandIndent, StringComparison.Ordinal) ? [line] : Cells.WrapLabelled(line, LineWidth));
    }

    private string ToFirstLine() => (_openLines > 1 ? $"\u001b[{_openLines - 1}A" : "") + "\r" + EraseBelow;

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

    /// <summary>Leaves the lines in progress as they are, and continues below them.</summary>
    private void KeepLive()
    {
        if (_openLines > 0)
        {
            ToError(error => error.WriteLine());
            _openLines = 0;
        }
    }
}
