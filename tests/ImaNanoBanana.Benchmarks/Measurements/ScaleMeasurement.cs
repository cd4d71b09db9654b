using ImaNanoBanana.Benchmarks.Scale;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>
/// The cost of a process that waits for many tasks at once, each one a separate generate, with the simulator in another process: the
/// memory and the threads by the number of tasks, and whether each task is polled in time.
/// </summary>
internal sealed class ScaleMeasurement : IMeasurement
{
    private const double MostBytesPerTask = 1.6 * 1024;

    /// <summary>A task whose poll waits in the client's own line keeps that poll in memory too.</summary>
    private const double MostBytesPerTaskInLine = 2.5 * 1024;
    private const double MostThreadsMore = 24;
    private const double EnoughPerSecond = 5000;
    private const double TooFewPerSecond = 2000;

    /// <summary>Requests under way at the same time. They belong to the memory of 50,000 tasks, where they are lost in it.</summary>
    private const int MostUnderWay = 64;

    /// <summary>How long an answer may take on a busy machine.</summary>
    private const double AnswerSeconds = 3;

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    public string Name => "scale";

    public string Summary => "memory and threads while waiting for up to 50,000 tasks at once, with and without the limiter";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick) =>
    [
        .. await RunAsync("no limit", null, MostBytesPerTask, isQuick),
        .. await RunAsync($"{EnoughPerSecond:0} requests/s", EnoughPerSecond, MostBytesPerTask, isQuick),
        .. await RunAsync($"{TooFewPerSecond:0} requests/s", TooFewPerSecond, MostBytesPerTaskInLine, isQuick),
    ];

    private static async Task<IReadOnlyList<Row>> RunAsync(string name, double? perSecond, double mostBytes, bool isQuick)
    {
        // Long enough that the schedule polls each task only every 15 s.
        var processing = TimeSpan.FromSeconds(600);
        int[] sizes = isQuick ? [500, 1000, 2000, 4000] : [1000, 10_000, 25_000, 50_000];
        using var server = await ServerProcess.StartAsync(processing);
        using var handler = new CountingHandler(server.Address, sizes[^1]);
        using var client = new ImaImageClient(
            new ImaNanoBananaOptions { ApiKey = "ima_key_of_the_benchmarks", RequestsPerSecond = perSecond },
            new ImaImageClientServices { PrimaryHandler = handler });
        var work = new List<Task<ImageResult>>(sizes[^1]);
        var memory = new List<(double Tasks, double Bytes)>();
        var threads = new List<int>();
        foreach (var size in sizes)
        {
            while (work.Count < size)
            {
                work.Add(client.GenerateAsync(new ImageRequest("a cute puppy on grass")));
                while (perSecond is null && handler.InProgress >= MostUnderWay)
                {
                    await Task.Yield();
                }
            }

            await UntilAsync(() => handler.Accepted == size && handler.InProgress <= MostUnderWay && handler.Requests >= (2 * size) + 1);
            memory.Add((size, GC.GetTotalMemory(forceFullCollection: true)));
            threads.Add(ThreadPool.ThreadCount);
        }

        // At least one more poll of each task; then all tasks finish at once.
        await Task.Delay(PollSchedule.Longest * (isQuick ? 1.2 : 2.2));
        var busy = ThreadPool.ThreadCount;
        await server.FinishAllAsync();
        await Task.WhenAll(work).WaitAsync(TimeSpan.FromMinutes(5));
        var line = perSecond is { } rate ? sizes[^1] / rate : 0;
        return
        [
            new Row(
                $"{name}: memory for each task, {sizes[0]:#,0} to {sizes[^1]:#,0} tasks",
                Statistics.Slope(memory),
                "bytes") { AtMost = mostBytes },
            new Row($"{name}: threads at {sizes[0]:#,0} tasks", threads[0]),
            new Row(
                $"{name}: additional threads at {sizes[^1]:#,0} tasks",
                Math.Max(threads[^1], busy) - threads[0]) { AtMost = MostThreadsMore },
            new Row($"{name}: tasks without an image", work.Count(task => task.Result.Images.Count != 1)) { AtMost = 0 },
            new Row(
                $"{name}: longest time between two polls of one task",
                handler.LongestGap.TotalSeconds,
                "s") { AtMost = PollSchedule.Longest.TotalSeconds + line + AnswerSeconds },
            new Row($"{name}: total requests", handler.Requests),
        ];
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var quiet = 0; quiet < 5; quiet = holds() ? quiet + 1 : 0)
        {
            await Task.Delay(Step);
        }
    }
}
