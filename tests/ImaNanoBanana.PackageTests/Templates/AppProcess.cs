using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace ImaNanoBanana.PackageTests.Templates;

/// <summary>A process of a new app. It ends with the test at the latest.</summary>
internal sealed class AppProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Channel<string> _unread = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    public AppProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        if (OperatingSystem.IsLinux())
        {
            // A shell that was started in the background ignores Ctrl-C, and so would every process below it.
            start.ArgumentList.Insert(0, start.FileName);
            start.ArgumentList.Insert(0, "--default-signal=INT");
            start.FileName = "env";
        }

        _process = Process.Start(start)!;
        _reading = ReadAllAsync();
    }

    /// <summary>Everything that it has printed, also as errors.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <returns>The next line that contains a text.</returns>
    public async Task<string> WaitForAsync(string text)
    {
        await foreach (var line in _unread.Reader.ReadAllAsync(Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"The app ended without '{text}':\n{Output}");
    }

    public async Task WriteAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line.AsMemory(), Token);
        await _process.StandardInput.FlushAsync(Token);
    }

    /// <summary>Ends its input, as Ctrl-D does.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <param name="signal">INT as Ctrl-C sends it, or KILL.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
    }

    /// <returns>The exit code, after everything it printed was read.</returns>
    public async Task<int> WaitForEndAsync()
    {
        await _process.WaitForExitAsync(Token);
        await _reading;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAllAsync()
    {
        await Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        _unread.Writer.Complete();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
            }

            _unread.Writer.TryWrite(line);
        }
    }
}
