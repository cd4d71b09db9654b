using ImaNanoBanana.Benchmarks.Compared;
using ImaNanoBanana.Benchmarks.Overhead;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>
/// The SDK beside Refit used alone and beside two public clients that wait for long-running operations, each with its own defaults: what
/// a task and a poll cost, what a waiting task keeps in memory, and how soon a finished task is found. Rows without targets.
/// </summary>
internal sealed class CompareMeasurement : IMeasurement
{
    private const double LeastSeconds = 20;
    private const double MostSeconds = 35;

    private static readonly (string Name, Func<HttpMessageHandler, IComparedClient> Create)[] Clients =
    [
        ("Refit alone, every 5 s", service => new RefitClient(service)),
        ("Azure.Core, Operation", service => new AzureClient(service)),
        ("OpenAI, FineTuningJob", service => new OpenAIClient(service)),
        ("SDK", service => new SdkClient(service)),
    ];

    public string Name => "compare";

    public string Summary => "the SDK beside Refit alone and the polling loops of Azure.Core and OpenAI";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick) =>
    [
        .. await CostsAsync(isQuick),
        .. await MemoryAsync(isQuick),
        .. await WaitsAsync(isQuick ? 100 : 400),
    ];

    /// <summary>One client after the other would show the state of the machine, so that the calls alternate.</summary>
    private static async Task<IEnumerable<Row>> CostsAsync(bool isQuick)
    {
        using var service = new ComparedService(LargeCatalog.SmallJson, _ => TimeSpan.Zero);
        IComparedClient[] clients = [.. Clients.Select(client => client.Create(service))];

        // The OpenAI client waits before its first poll, so only its polls can be compared.
        IComparedClient[] generating = [.. clients.Where(client => client is not OpenAIClient)];
        var effort = new Effort(Rounds: isQuick ? 5 : 9, Turns: 40, Calls: 50, WarmUp: isQuick ? 8000 : 24_000);
        var generates = await Interleaved.MeasureAsync(effort, [.. generating.Select(client => (Func<Task>)client.GenerateAsync)]);
        var polls = await Interleaved.MeasureAsync(effort, [.. clients.Select(client => (Func<Task>)client.PollAsync)]);
        foreach (var client in clients)
        {
            client.Dispose();
        }

        return
        [
            .. generating.SelectMany((client, way) => Rows($"a generate, {client.Name}", generates, way)),
            .. clients.SelectMany((client, way) => Rows($"a poll, {client.Name}", polls, way)),
        ];
    }

    private static IEnumerable<Row> Rows(string name, Interleaved measured, int way) =>
    [
        Row.FromRounds($"{name}: time", measured.Microseconds(way), "us"),
        Row.FromRounds($"{name}: allocated", measured.Bytes(way), "bytes"),
    ];

    private static async Task<IEnumerable<Row>> MemoryAsync(bool isQuick)
    {
        int[] sizes = isQuick ? [500, 1000, 2000] : [1000, 2000, 4000, 8000];
        var rows = new List<Row>();
        foreach (var (name, create) in Clients)
        {
            using var service = new ComparedService(LargeCatalog.SmallJson, duration: null);
            var client = create(service);
            var memory = new List<(double Tasks, double Bytes)>();
            var work = new List<Task>(sizes[^1]);
            foreach (var size in sizes)
            {
                while (work.Count < size)
                {
                    work.Add(client.GenerateAsync());
                }

                while (service.Tasks < size || (client is not OpenAIClient && service.Polls < size))
                {
                    await Task.Delay(20);
                }

                // The answers of the last polls are read.
                await Task.Delay(500);
                memory.Add((size, GC.GetTotalMemory(forceFullCollection: true)));
            }

            rows.Add(new Row($"a waiting task, {name}: memory", Statistics.Slope(memory), "bytes"));
            GC.KeepAlive(work);
            client.Dispose();
        }

        return rows;
    }

    /// <summary>In real time, all clients at once: each has the same tasks, which take 20 to 35 s.</summary>
    private static async Task<IEnumerable<Row>> WaitsAsync(int tasks)
    {
        var runs = await Task.WhenAll(Clients.Select(async entry =>
        {
            var random = new Random(1);
            TimeSpan[] durations = [.. Enumerable.Range(0, tasks + 1).Select(_ => TimeSpan.FromSeconds(
                LeastSeconds + (random.NextDouble() * (MostSeconds - LeastSeconds))))];
            using var service = new ComparedService(LargeCatalog.SmallJson, number => durations[number]);
            using var client = entry.Create(service);
            await Task.WhenAll(Enumerable.Range(0, tasks).Select(_ => client.GenerateAsync()));
            return (entry.Name, Mean: service.Waits.Average(), Polls: (double)service.Polls / tasks);
        }));
        return runs.SelectMany(run => new[]
        {
            new Row($"tasks of {LeastSeconds:0}-{MostSeconds:0} s, {run.Name}: mean wait", run.Mean, "s"),
            new Row($"tasks of {LeastSeconds:0}-{MostSeconds:0} s, {run.Name}: polls", run.Polls),
        });
    }
}
