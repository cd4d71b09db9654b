using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using ImaNanoBanana.Studio.Tests.Server;

namespace ImaNanoBanana.Studio.Tests.AppHost;

/// <summary>The app host starts everything with one command, without containers, and ends everything.</summary>
public sealed class AppHostTests : IAsyncDisposable
{
    /// <summary>A second start is slow on a busy machine, and a hanging one must not hold up the others.</summary>
    private const int Patience = 180_000;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "ima-app-host-" + Guid.NewGuid().ToString("N"));
    private readonly int _port = FreePort();
    private readonly int _simulatorPort = FreePort();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Uri Address => new($"http://127.0.0.1:{_port}/");

    public async ValueTask DisposeAsync()
    {
        // Nothing is left after a test that passes.
        foreach (var process in StartedProcesses.Find(_folder))
        {
            using (process)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact(Timeout = Patience)]
    public async Task One_command_starts_everything_a_signal_ends_it_and_a_restart_keeps_the_data()
    {
        using var visitor = await FirstStartAsync();

        // Several instances, with the data of the first start.
        await using var host = Start(("AppHost__Studios", "2"), ("AppHost__Workers", "2"));
        await host.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        var (_, list) = await visitor.GetAsync("/images");
        var image = Assert.Single(list!["images"]!.AsArray())!;
        Assert.Equal(("a puppy", "finished"), ((string)image["prompt"]!, (string)image["state"]!));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync((string)image["files"]![0]!["url"]!)).Status);
        Assert.Matches("saved +1\\b", (await WorkerAsync("", "status")).Output);
        Assert.Equal((3, "", "refused"), await EnqueueAsync());
        var running = StartedProcesses.Find(_folder).Select(process => Path.GetFileName(process.MainModule?.FileName)).ToList();
        Assert.Equal(
            (2, 2, 1),
            (running.Count(IsSample("Studio")), running.Count(IsSample("Worker")), running.Count(IsSample("Simulator"))));
        await AssertEndsAsync(host);

        static Func<string?, bool> IsSample(string name) => file => file == "ImaNanoBanana." + name;
    }

    [Fact(Timeout = Patience)]
    public async Task Nothing_is_started_where_nothing_can_run_the_database()
    {
        await using var host = Start(("AppHost__UseContainers", "true"), ("PATH", "/nowhere"));

        Assert.Equal(1, await host.WaitForEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains("neither docker nor podman answers", host.Output, StringComparison.Ordinal);
        Assert.Empty(StartedProcesses.Find(_folder));
    }

    [Fact(Timeout = Patience)]
    public async Task Database_that_ends_is_reported_and_nothing_is_left()
    {
        // The files of a version that does not exist.
        Directory.CreateDirectory(Path.Combine(_folder, "postgres", "data"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "postgres", "data", "PG_VERSION"), "1", Token);
        await using var host = Start();

        Assert.Equal(1, await host.WaitForEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains("The studio cannot be started", host.Output, StringComparison.Ordinal);
        await StartedProcesses.WaitForEndAsync(StartedProcesses.Find(_folder));
    }

    /// <returns>The visitor who has an image. The programs have ended.</returns>
    private async Task<TestVisitor> FirstStartAsync()
    {
        // A key in the environment for other programs: nothing is sent with it.
        await using var host = Start(("IMA_API_KEY", "ima_of_another_program"));
        await host.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        using var simulator = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_simulatorPort}/simulator/") };
        using var quick = await simulator.PatchAsJsonAsync("settings", new { processingSeconds = 1 }, Token);
        Assert.Equal(HttpStatusCode.NoContent, quick.StatusCode);

        var visitor = await TestVisitor.OpenAsync(Address);
        var image = await visitor.GenerateAsync(new { prompt = "a puppy" });
        Assert.Equal("finished", (string)image["state"]!);
        Assert.Equal((0, "1 enqueued", ""), await EnqueueAsync());
        await host.WaitForAsync(" is saved as ", Token);

        Assert.NotEmpty(await File.ReadAllBytesAsync(Path.Combine(_folder, "simulated", "images", "job-1.png"), Token));
        var charges = await simulator.GetFromJsonAsync<JsonNode>("charges", Token);
        Assert.Equal(["a puppy", "a kitten"], charges!["charges"]!.AsArray().Select(charge => (string)charge!["prompt"]!));
        Assert.Contains("cost nothing", host.Output, StringComparison.Ordinal);
        await AssertEndsAsync(host);
        return visitor;
    }

    private async Task AssertEndsAsync(AppHostProgram host)
    {
        var processes = StartedProcesses.Find(_folder);
        Assert.Contains(processes, process => process.ProcessName == "postgres");

        Assert.Equal(0, await host.StopAsync(Token));
        await StartedProcesses.WaitForEndAsync(processes);
        Assert.Empty(StartedProcesses.Find(_folder));
    }

    /// <returns>The exit code, what was accepted, and whether the job was refused.</returns>
    private async Task<(int ExitCode, string Accepted, string Refused)> EnqueueAsync()
    {
        const string Job = """{"v":1,"prompt":"a kitten","size":"512px","idempotency_key":"job-1"}""";
        var (exitCode, output) = await WorkerAsync(Job, "enqueue", "-");
        var isAccepted = output.Contains("1 enqueued", StringComparison.Ordinal);
        return (exitCode, isAccepted ? "1 enqueued" : "", isAccepted ? "" : "refused");
    }

    /// <summary>Runs a command of the worker with the connection string that the app host has stored.</summary>
    private async Task<(int ExitCode, string Output)> WorkerAsync(string input, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [AppHostProgram.PathOf("Worker"), .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__Images"] =
            await File.ReadAllTextAsync(Path.Combine(_folder, "simulated", "connection-string"), Token);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, output);
    }

    private AppHostProgram Start(params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["AppHost__Folder"] = _folder,
            ["AppHost__Port"] = _port.ToString(CultureInfo.InvariantCulture),
            ["AppHost__SimulatorPort"] = _simulatorPort.ToString(CultureInfo.InvariantCulture),
            ["AppHost__UseContainers"] = "false",
        };
        foreach (var (name, value) in settings)
        {
            environment[name] = value;
        }

        return AppHostProgram.Start(environment);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
