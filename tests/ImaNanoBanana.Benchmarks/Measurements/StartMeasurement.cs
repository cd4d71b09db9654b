using System.Diagnostics;
using ImaNanoBanana.Benchmarks.Scale;
using ImaNanoBanana.Benchmarks.Start;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>How long <c>ima models</c> takes from its start to its end, with the simulator in another process.</summary>
internal sealed class StartMeasurement : IMeasurement
{
    private const double MostOfScript = 0.2;
    private const string Empty = "an empty .NET console";
    private const string Native = "native, net10.0";

    public string Name => "start";

    public string Summary => "the start of `ima models`, published in three ways, compared with an empty console program and a script";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        const string ima = "samples/ImaNanoBanana.Console";
        (string Name, PublishedProgram Program)[] published =
        [
            (Empty, new PublishedProgram("empty", ComparedPrograms.EmptyConsole(), "empty", "")),
            ("framework-dependent, net10.0", new PublishedProgram("framework-dependent", ima, "ima", "-f net10.0")),
            ("ReadyToRun, net10.0", new PublishedProgram("ready-to-run", ima, "ima", "-f net10.0 -p:PublishProfile=ReadyToRun")),
            (Native, new PublishedProgram("native", ima, "ima", "-f net10.0 -p:PublishProfile=Native")),
        ];
        var starts = new List<(string Name, string Program, string[] Arguments)>();
        var missing = new List<Row>();
        foreach (var (name, program) in published)
        {
            if (await program.EnsureAsync() is { } problem)
            {
                missing.Add(new Row(name, null) { Note = problem });
            }
            else
            {
                starts.Add((name, program.Executable, name == Empty ? [] : ["models"]));
            }
        }

        var script = await ComparedPrograms.ScriptAsync();
        var scriptName = script is { } found ? $"python3 and {found.Library}" : "python3 and requests";
        if (script is { } there)
        {
            starts.Add((scriptName, there.Python, [there.Script]));
        }
        else
        {
            missing.Add(new Row(scriptName, null) { Note = "there is no python3 on this machine" });
        }

        var times = await TimesAsync(starts, isQuick ? 7 : 25);
        var rows = starts.Select(start => Row.FromRounds(start.Name, times[start.Name], "ms")).Concat(missing).ToList();
        if (times.TryGetValue(Native, out var native) && times.TryGetValue(scriptName, out var scripted))
        {
            rows.Add(
                Row.FromRounds("native, relative to the script", [.. native.Zip(scripted, (ours, theirs) => ours / theirs)]) with
                {
                    AtMost = MostOfScript,
                });
        }

        return rows;
    }

    /// <summary>Alternating, so that a slow machine slows all of them; the first round does not count.</summary>
    private static async Task<Dictionary<string, List<double>>> TimesAsync(
        List<(string Name, string Program, string[] Arguments)> starts, int rounds)
    {
        using var server = await ServerProcess.StartAsync(TimeSpan.FromSeconds(25));
        var home = Directory.CreateTempSubdirectory();
        try
        {
            var times = starts.ToDictionary(start => start.Name, _ => new List<double>());
            for (var round = 0; round <= rounds; round++)
            {
                foreach (var (name, program, arguments) in starts)
                {
                    var milliseconds = await StartAsync(program, arguments, server.Address, home.FullName);
                    if (round > 0)
                    {
                        times[name].Add(milliseconds);
                    }
                }
            }

            return times;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task<double> StartAsync(string program, string[] arguments, Uri simulator, string home)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["IMA_SIMULATOR"] = simulator.AbsoluteUri, ["HOME"] = home, ["XDG_DATA_HOME"] = home, ["IMA_API_KEY"] = null },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return process.ExitCode == 0
            ? time
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await error}");
    }
}
