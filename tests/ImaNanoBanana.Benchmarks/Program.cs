// Measures the cost of the SDK: dotnet run -c Release --project tests/ImaNanoBanana.Benchmarks -- overhead
using System.Diagnostics;
using BenchmarkDotNet.Running;
using ImaNanoBanana.Benchmarks;
using ImaNanoBanana.Benchmarks.Measurements;
using ImaNanoBanana.Benchmarks.Scale;
using ImaNanoBanana.Benchmarks.Suites;

const int Missed = 1;
const int Usage = 2;

IMeasurement[] measurements =
[
    new OverheadMeasurement(),
    new ColdOverheadMeasurement(),
    new PlanMeasurement(),
    new TelemetryMeasurement(),
    new LatencyMeasurement(),
    new UploadMeasurement(),
    new DownloadMeasurement(),
    new ScaleMeasurement(),
    new JournalMeasurement(),
    new StartMeasurement(),
    new CompareMeasurement(),
    new WeekMeasurement(),
    new StudioMeasurement(),
];

switch (args)
{
    case ["--list"]:
        foreach (var measurement in measurements)
        {
            Console.WriteLine($"{measurement.Name,-14} {measurement.Summary}");
        }

        return 0;
    case ["bdn", .. var options]:
        BenchmarkSwitcher.FromTypes([typeof(OverheadSuite), typeof(PlanSuite)]).Run(options, new InProcessConfig());
        return 0;
    case [ServerProcess.Word, var seconds]:
        return await ServerProcess.RunAsync(seconds);
}

var name = args.FirstOrDefault(argument => !argument.StartsWith('-'));
var chosen = name == "all" ? measurements : [.. measurements.Where(measurement => measurement.Name == name)];
var isQuick = args.Contains("--quick");
var jsonAt = Array.IndexOf(args, "--json");
var json = jsonAt >= 0 && jsonAt + 1 < args.Length ? args[jsonAt + 1] : null;
var expected = 1 + (isQuick ? 1 : 0) + (json is null ? 0 : 2);
if (chosen.Length == 0 || args.Length != expected || args[0] != name || (json is not null && chosen.Length > 1))
{
    Console.Error.WriteLine("Usage: NAME [--quick] [--json FILE] | all [--quick] | bdn [--filter ...] | --list");
    Console.Error.WriteLine($"NAME: {string.Join(", ", measurements.Select(measurement => measurement.Name))}");
    return Usage;
}

#if DEBUG
Console.Error.WriteLine("This is a Debug build: its times are meaningless. Build with -c Release.");
#endif
var isMissed = false;
foreach (var measurement in chosen)
{
    var start = Stopwatch.GetTimestamp();
    var rows = await measurement.RunAsync(isQuick);
    var report = new Report(measurement.Name, isQuick, Stopwatch.GetElapsedTime(start).TotalSeconds, rows);
    report.Print(Console.Out);
    Console.WriteLine();
    report.Save(json ?? Path.Combine(Repository.Artifacts, measurement.Name + ".json"));
    isMissed |= report.IsMissed;
}

return isMissed ? Missed : 0;
