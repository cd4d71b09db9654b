using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Studio.Tests.Server;

/// <summary>A studio in a process of its own, and the simulator that it uses, in the process of the test.</summary>
internal sealed class StudioStage : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ima-studio-").FullName;
    private readonly Dictionary<string, string> _environment;

    private StudioStage(ImaSimulatorServer server, IReadOnlyDictionary<string, string> settings)
    {
        Server = server;
        _environment = new Dictionary<string, string>(settings)
        {
            ["Studio__Folder"] = _folder,
            ["Studio__Simulator"] = server.Address.ToString(),
            ["Logging__LogLevel__Default"] = "Warning",

            // A key that a killed process was submitting has an unknown outcome after the sum of both and 4 s.
            ["ImaNanoBanana__CreateTimeout"] = "00:00:20",
            ["ImaNanoBanana__CancellationGrace"] = "00:00:01",
        };
    }

    public ImaSimulatorServer Server { get; }

    public ImaSimulator Simulator => Server.Simulator;

    public StudioProgram Studio { get; private set; } = null!;

    public Uri Address => Studio.Address;

    /// <param name="processingTime">How long the simulator takes for an image.</param>
    /// <param name="settings">The settings of the studio.</param>
    public static async Task<StudioStage> StartAsync(TimeSpan processingTime, params (string Name, string Value)[] settings)
    {
        var simulator = new ImaSimulator { ProcessingTime = processingTime };
        var server = await ImaSimulatorServer.StartAsync(simulator, cancellationToken: TestContext.Current.CancellationToken);
        var stage = new StudioStage(server, settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        stage.Studio = await StudioProgram.StartAsync(stage._environment);
        return stage;
    }

    /// <summary>Kills the studio and starts it again at the same address.</summary>
    public async Task KillAndRestartAsync()
    {
        await Studio.KillAsync();
        await RestartAsync();
    }

    /// <summary>Starts the studio again, after it was killed or stopped.</summary>
    public async Task RestartAsync()
    {
        var port = Studio.Address.Port;
        await Studio.DisposeAsync();
        Studio = await StudioProgram.StartAsync(_environment, port);
    }

    /// <returns>Another process of the studio with the same settings.</returns>
    public Task<StudioProgram> StartAnotherAsync() => StudioProgram.StartAsync(_environment);

    public async ValueTask DisposeAsync()
    {
        await Studio.DisposeAsync();
        await Server.DisposeAsync();
        Simulator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
