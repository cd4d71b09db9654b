using System.Diagnostics;
using System.Globalization;

namespace ImaNanoBanana.Studio.Tests.Server;

/// <summary>A process of samples/ImaNanoBanana.Studio that runs until it is stopped or killed.</summary>
internal sealed class StudioProgram : IAsyncDisposable
{
    private const string Listens = "Now listening on: ";

    /// <summary>The program in its own folder, where its page is.</summary>
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory.Replace("/tests/ImaNanoBanana.Studio.Tests/", "/samples/ImaNanoBanana.Studio/", StringComparison.Ordinal),
        "ImaNanoBanana.Studio.dll");

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];
    private readonly Task _reading;

    private StudioProgram(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that it has printed.</summary>
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

    /// <summary>Starts the program and waits until it answers.</summary>
    /// <param name="environment">The settings of the process.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    public static async Task<StudioProgram> StartAsync(IReadOnlyDictionary<string, string> environment, int port = 0)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Program, "--urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("IMA_API_KEY");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var program = new StudioProgram(Process.Start(start)!);
        await Task.WhenAny(program._address.Task, program._reading);
        Assert.True(program._address.Task.IsCompleted, "The studio ended before it listened:\n" + program.Output);
        program.Address = await program._address.Task;
        return program;
    }

    /// <summary>Ends it as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it as a deployment does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
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
            lock (_lines)
            {
                _lines.Add(line);
            }

            var at = line.IndexOf(Listens, StringComparison.Ordinal);
            if (at >= 0)
            {
                _address.TrySetResult(new Uri(line[(at + Listens.Length)..]));
            }
        }
    }
}
