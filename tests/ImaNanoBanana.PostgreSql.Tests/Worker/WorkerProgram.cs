using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace ImaNanoBanana.PostgreSql.Tests.Worker;

/// <summary>A process of samples/ImaNanoBanana.Worker that runs until a signal ends it.</summary>
internal sealed class WorkerProgram : IAsyncDisposable
{
    private const string Started = "Application started";

    /// <summary>The program in its own folder: beside this assembly, the packages that ASP.NET Core contains are missing.</summary>
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory.Replace(
            "/tests/ImaNanoBanana.PostgreSql.Tests/", "/samples/ImaNanoBanana.Worker/", StringComparison.Ordinal),
        "ImaNanoBanana.Worker.dll");

    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private WorkerProgram(Process process, ChannelWriter<string> lines)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput, lines), ReadAsync(process.StandardError, lines));
    }

    public int Id => _process.Id;

    /// <summary>The name of the process in the table of the jobs.</summary>
    public string Name => $"{Environment.MachineName}:{Id}";

    /// <summary>Starts <c>run</c> and waits until it takes jobs.</summary>
    /// <param name="environment">The settings of the process.</param>
    /// <param name="lines">Receives what it prints.</param>
    public static async Task<WorkerProgram> StartAsync(IReadOnlyDictionary<string, string> environment, ChannelWriter<string> lines)
    {
        var worker = new WorkerProgram(Process.Start(StartInfo(environment, "run"))!, lines);
        await Task.WhenAny(worker._ready.Task, worker._reading);
        Assert.True(worker._ready.Task.IsCompleted, "The worker ended before it took jobs.");
        return worker;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="environment">The settings of the process.</param>
    /// <param name="input">The standard input.</param>
    /// <param name="words">The command.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        IReadOnlyDictionary<string, string> environment, string input, params string[] words)
    {
        using var process = Process.Start(StartInfo(environment, words))!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    /// <param name="signal">KILL, TERM, STOP or CONT.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
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

    private static ProcessStartInfo StartInfo(IReadOnlyDictionary<string, string> environment, params string[] words)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Program, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private async Task ReadAsync(StreamReader reader, ChannelWriter<string> lines)
    {
        while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
        {
            if (line.Contains(Started, StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }

            lines.TryWrite(line);
        }
    }
}
