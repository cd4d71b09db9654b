using System.Diagnostics;

namespace ImaNanoBanana.Benchmarks.Visitors;

/// <summary>samples/ImaNanoBanana.Studio in a separate process, with a folder of its own.</summary>
internal sealed class StudioProcess : IDisposable
{
    private const string Listens = "Now listening on: ";

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly Process _process;
    private readonly string _folder;

    private StudioProcess(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    /// <summary>The memory that the process holds now, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="simulator">The address of the simulator.</param>
    public static async Task<StudioProcess> StartAsync(Uri simulator)
    {
        var project = Path.Combine(Repository.Root, "samples", "ImaNanoBanana.Studio");
        using (var build = Process.Start("dotnet", ["build", project, "-c", Configuration, "-v", "q"]))
        {
            await build.WaitForExitAsync();
        }

        var folder = Directory.CreateTempSubdirectory("ima-studio-").FullName;
        var program = Path.Combine(project, "bin", Configuration, "net10.0", "ImaNanoBanana.Studio.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true };
        start.Environment["Studio__Folder"] = folder;
        start.Environment["Studio__Simulator"] = simulator.ToString();
        start.Environment["Studio__TotalCredits"] = "1000000";

        // The studio is measured, and not its wait for the rate limit of an account.
        start.Environment["ImaNanoBanana__RequestsPerSecond"] = "500";
        start.Environment["Logging__LogLevel__ImaNanoBanana.Studio"] = "Warning";
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(Listens, StringComparison.Ordinal);
            if (at >= 0)
            {
                // Whatever it prints from now on must not fill the pipe.
                _ = process.StandardOutput.ReadToEndAsync();
                return new StudioProcess(process, folder, new Uri(line[(at + Listens.Length)..]));
            }
        }

        throw new InvalidOperationException("The studio ended before it listened.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
