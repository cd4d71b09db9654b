using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.AppHost;

/// <summary>A process of samples/ImaNanoBanana.AppHost, without a dashboard and without containers.</summary>
internal sealed class AppHostProgram : IAsyncDisposable
{
    private const string Ready = "The studio is at ";
    private const string Framework = "net10.0";

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _seen = [];
    private readonly Task _reading;

    private AppHostProgram(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public int Id => _process.Id;

    public string Output => string.Join('\n', _seen);

    /// <summary>Starts the program.</summary>
    /// <param name="environment">The settings of the process.</param>
    public static AppHostProgram Start(IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [PathOf("AppHost")])
        {
            // Beside these tests are the settings of the studio.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("ASPNETCORE_URLS");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new AppHostProgram(Process.Start(start)!);
    }

    /// <returns>The program of a sample in its own folder.</returns>
    public static string PathOf(string sample)
    {
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);
        var name = "ImaNanoBanana." + sample;
        return Path.Combine(Repository.Root, "samples", name, "bin", configuration, Framework, name + ".dll");
    }

    /// <summary>Waits until the studio answers.</summary>
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken) => WaitForAsync(Ready, cancellationToken);

    /// <summary>Waits until a line with a text is printed.</summary>
    public async Task WaitForAsync(string text, CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            _seen.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The program ended and did not print '{text}':\n{Output}");
    }

    /// <summary>Waits until the program has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForEndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _reading;
        while (_lines.Reader.TryRead(out var line))
        {
            _seen.Add(line);
        }

        return _process.ExitCode;
    }

    /// <summary>Ends it as a supervisor does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
        return await WaitForEndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // The orchestrator notices it and ends the programs.
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            _lines.Writer.TryWrite(line);
        }

        if (_process.HasExited)
        {
            _lines.Writer.TryComplete();
        }
    }
}
