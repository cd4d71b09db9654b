using System.Diagnostics;
using System.Globalization;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Benchmarks.Scale;

/// <summary>The simulator in a separate process, which runs this same program. It ends with its standard input.</summary>
internal sealed class ServerProcess : IDisposable
{
    /// <summary>The argument that makes the program the simulator.</summary>
    public const string Word = "simulator";

    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="processing">How long a task takes; the product list has it as the expected time.</param>
    public static async Task<ServerProcess> StartAsync(TimeSpan processing)
    {
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [Word, processing.TotalSeconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        return new ServerProcess(process, new Uri((await process.StandardOutput.ReadLineAsync())!));
    }

    /// <summary>From now on every task is finished, whatever its time.</summary>
    public Task FinishAllAsync() => _process.StandardInput.WriteLineAsync("finish");

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The code that runs in that process.</summary>
    public static async Task<int> RunAsync(string seconds)
    {
        var time = new ShiftedTimeProvider();
        var processing = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        using var simulator = new ImaSimulator(time) { ProcessingTime = processing };
        await using var server = await ImaSimulatorServer.StartAsync(simulator);
        Console.WriteLine(server.Address);
        while (await Console.In.ReadLineAsync() is not null)
        {
            time.Shift += processing;
        }

        return 0;
    }

    private sealed class ShiftedTimeProvider : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
