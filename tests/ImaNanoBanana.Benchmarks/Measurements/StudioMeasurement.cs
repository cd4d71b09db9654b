using System.Text.Json.Nodes;
using ImaNanoBanana.Benchmarks.Scale;
using ImaNanoBanana.Benchmarks.Visitors;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>
/// 200 visitors of the sample Studio at the same time, in some rounds. The visitors, the studio and the simulator are separate processes
/// on the same machine, so all of them share its cores.
/// </summary>
internal sealed class StudioMeasurement : IMeasurement
{
    private const int Visitors = 200;

    /// <summary>Rounds in which the code is still being compiled. They count only for the images.</summary>
    private const int WarmUp = 3;

    private const double MostLatency = 500;
    private const double MostGrowth = 1.25;

    private static readonly TimeSpan Processing = TimeSpan.FromSeconds(10);

    public string Name => "studio";

    public string Summary => "200 visitors of the sample Studio at once: latency of events, memory";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var rounds = WarmUp + (isQuick ? 3 : 6);
        using var simulator = await ServerProcess.StartAsync(Processing);
        using var studio = await StudioProcess.StartAsync(simulator.Address);
        using var handler = new SocketsHttpHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = studio.Address, Timeout = Timeout.InfiniteTimeSpan };
        var all = new List<StudioVisitor>();
        var memory = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            StudioVisitor[] visitors = [.. Enumerable.Range(0, Visitors).Select(_ => new StudioVisitor(client))];
            await Task.WhenAll(visitors.Select(visitor => visitor.RunAsync())).WaitAsync(TimeSpan.FromMinutes(3));
            all.AddRange(visitors);
            memory.Add(studio.WorkingSet / 1e6);
        }

        var latencies = all.Chunk(Visitors).Skip(WarmUp).Select(round => round.SelectMany(visitor => visitor.Latencies).ToList()).ToList();
        var charges = await CountChargesAsync(client, simulator.Address);
        return
        [
            new Row("images that did not finish", all.Count(visitor => visitor.State != "finished")) { AtMost = 0 },
            new Row($"charges for {all.Count} orders, beyond one for each", charges - all.Count) { AtMost = 0, AtLeast = 0 },
            new Row("events after the warm-up", latencies.Sum(round => round.Count)),
            Row.FromRounds("latency of an event, median", [.. latencies.Select(Statistics.Median)], "ms"),
            Row.FromRounds("latency of an event, 95 of 100", [.. latencies.Select(round => Statistics.Percentile(round, 0.95))], "ms") with
            {
                AtMost = MostLatency,
            },
            Row.FromHighest("latency of an event, slowest", [.. latencies.Select(Enumerable.Max)], "ms"),
            new Row("memory after the warm-up", memory[WarmUp - 1], "MB"),
            new Row("memory after the last round, times that", memory[^1] / memory[WarmUp - 1]) { AtMost = MostGrowth },
            new Row("processor time for each image", studio.ProcessorTime.TotalMilliseconds / all.Count, "ms"),
        ];
    }

    private static async Task<int> CountChargesAsync(HttpClient client, Uri simulator)
    {
        var answer = JsonNode.Parse(await client.GetStringAsync(new Uri(simulator, "/simulator/charges")));
        return answer!["charges"]!.AsArray().Count;
    }
}
