using System.Diagnostics;
using System.Text.Json;
using ImaNanoBanana.Testing;

namespace ImaNanoBanana.Console.Tests;

/// <summary>The program as a separate process, against the simulator on a socket.</summary>
public sealed class ProcessTests : IAsyncLifetime
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("ima-process-");
    private readonly ImaSimulator _simulator = new() { ProcessingTime = TimeSpan.FromSeconds(1) };
    private ImaSimulatorServer? _server;

    public static TheoryData<string, string, string[]> Templates => new()
    {
        {
            "text_to_image",
            "gemini-3.1-flash-image",
            ["--prompt", "a cute puppy on grass", "--size", "1K", "--extra-params", """{"aspect_ratio":"1:1"}"""]
        },
        {
            "image_to_image",
            "gemini-3.1-flash-image",
            ["--prompt", "turn into oil painting", "--input-images", "https://example.com/photo.jpg"]
        },
        { "image_to_image", "gemini-3.1-flash-image", ["--prompt", "turn into oil painting", "--input-images", "./local-photo.jpg"] },
    };

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllBytesAsync(Path.Combine(_home.FullName, "local-photo.jpg"), TemplateTests.OnePixel);
        _server = await ImaSimulatorServer.StartAsync(_simulator, cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _simulator.Dispose();
        _home.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public async Task Templates_run_unchanged(string type, string model, string[] rest)
    {
        using var ima = Start(["--api-key", "", "--task-type", type, "--model-id", model, .. rest, "--user-id", "ID", "--output-json"]);
        var (output, _) = await EndAsync(ima);

        Assert.Equal(0, ima.ExitCode);
        var result = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal(6, result.GetProperty("credit").GetDecimal());
        Assert.Equal(result.GetProperty("task_id").GetString(), Assert.Single(_simulator.Charges).TaskId);
        Assert.Empty(_simulator.Violations);
        Assert.Empty(_simulator.Differences);

        // Tasks of a simulator are kept apart from real ones.
        Assert.Equal(
            ["journal-simulator"],
            Directory.GetDirectories(Path.Combine(_home.FullName, "data", "ima-nano-banana")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task The_price_list_runs_unchanged()
    {
        using var ima = Start(["--api-key", "", "--task-type", "text_to_image", "--list-models"]);
        var (output, _) = await EndAsync(ima);

        Assert.Equal(0, ima.ExitCode);
        Assert.Equal(5, output.Trim().Split('\n').Length);
    }

    [Fact]
    public async Task Ctrl_C_detaches_and_the_printed_command_resumes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The signal is sent by kill.");

        // By the machine's clock: long enough for the task to be still running when the second program gets its status.
        _simulator.ProcessingTime = TimeSpan.FromHours(1);
        using var ima = Start(["generate", "a puppy", "--json"]);
        var errors = "";
        while (!errors.Contains("Accepted", StringComparison.Ordinal)
            && await ima.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            errors += line + "\n";
        }

        using (var kill = Process.Start("kill", ["-INT", $"{ima.Id}"]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var (output, _) = await EndAsync(ima);
        Assert.Equal(130, ima.ExitCode);
        var handle = JsonDocument.Parse(output).RootElement.GetProperty("error").GetProperty("handle").GetString()!;

        using var status = Start(["status", handle, "--json"]);
        Assert.Contains("\"status\":\"generating\"", (await EndAsync(status)).Output, StringComparison.Ordinal);
        Assert.Single(_simulator.Charges);
    }

    /// <summary>Standard output is full after the charge: the handle is written to standard error, with its own exit code.</summary>
    [Theory]
    [InlineData("generate 'a puppy' --json")]
    [InlineData("generate 'a puppy'")]
    [InlineData("generate 'a puppy' --narrate", false)]
    public async Task A_full_standard_output_loses_nothing(string args, bool isCharged = true)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no device that is always full.");
        using var ima = Start("sh", ["-c", $"exec dotnet '{Path.Combine(AppContext.BaseDirectory, "ima.dll")}' {args} > /dev/full"]);
        var (_, error) = await EndAsync(ima);

        Assert.Equal(7, ima.ExitCode);
        Assert.DoesNotContain("Unhandled", error, StringComparison.Ordinal);
        Assert.Equal(isCharged ? 1 : 0, _simulator.Charges.Count);
        if (isCharged)
        {
            Assert.Contains($"  ima watch {_simulator.Charges[0].TaskId}", error.Split('\n').Select(line => line.TrimEnd('\r')));
        }
    }

    private Process Start(IEnumerable<string> args)
    {
        // A shell in the background makes the programs it starts ignore Ctrl-C; env restores it.
        string[] program = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];
        return Start(program[0], [.. program[1..], Path.Combine(AppContext.BaseDirectory, "ima.dll"), .. args]);
    }

    private Process Start(string program, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            WorkingDirectory = _home.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _home.FullName;
        start.Environment["XDG_DATA_HOME"] = Path.Combine(_home.FullName, "data");
        start.Environment["LANG"] = "C";
        start.Environment["IMA_SIMULATOR"] = _server!.Address.AbsoluteUri;
        start.Environment.Remove("IMA_API_KEY");
        start.Environment.Remove("LC_ALL");
        return Process.Start(start)!;
    }

    private static async Task<(string Output, string Error)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (await output, await error);
    }
}
