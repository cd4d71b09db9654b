using System.Globalization;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>
/// How long a finished image waits for the poll that finds it, and how many polls that takes: 10,000 tasks for each range on a simulated
/// clock, one after the other, with the functions that a client uses to schedule polls and to learn from the tasks that it has seen. The
/// answer to a poll takes no time here.
/// </summary>
internal sealed class LatencyMeasurement : IMeasurement
{
    private const int Tasks = 10_000;
    private const double FixedSeconds = 5;
    private const double MostMean = 1.2;
    private const double MostTail = 2.2;
    private const double MostMeanOffRange = 3;
    private const double LeastGap = 2;

    /// <summary>The expected times in the product list, those used if the list has none, and a model for which neither exists.</summary>
    private static readonly (string Model, int Least, int Most, bool IsStated)[] Ranges =
    [
        ("Nano Banana 2", 20, 35, true),
        ("Nano Banana Pro", 25, 45, true),
        ("Nano Banana 2 unlisted", 20, 40, true),
        ("Nano Banana Pro unlisted", 60, 120, true),
        ("another model without a time", 20, 40, false),
        ("another model without a time", 60, 120, false),
    ];

    public string Name => "latency";

    public string Summary => "how long a finished image waits for the client, and polls per task, compared with polling every 5 s";

    public Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var rows = new List<Row>();
        var shortest = double.MaxValue;
        foreach (var (model, least, most, isStated) in Ranges)
        {
            foreach (var factor in (ReadOnlySpan<double>)[1, 0.5, 0.7, 1.5, 2])
            {
                var stated = Stated(isStated ? least : null, isStated ? most : null);
                var durations = Durations(least * factor, most * factor);
                var ours = Run(stated, durations, new SeenDurations(), ref shortest);
                var first = Run(stated, durations, null, ref shortest);
                var range = string.Create(CultureInfo.InvariantCulture, $"{model}, {least * factor:0.#}-{most * factor:0.#} s");
                var offRange = string.Create(CultureInfo.InvariantCulture, $"{range} (x{factor}): mean wait");
                rows.AddRange(
                    factor == 1
                        ? Rows(range, ours, durations)
                        : [new Row(offRange, ours.Average(task => task.Wait), "s") { AtMost = MostMeanOffRange }]);
                rows.Add(new Row($"{range}: mean wait of a client's first task", first.Average(task => task.Wait), "s"));
            }
        }

        // Half the stated time and double the time, in turns of 100 tasks: what was learned is wrong after each turn.
        List<double> changing = [.. Durations(20, 35).Select((seconds, task) => seconds * (task / 100 % 2 == 0 ? 0.5 : 2))];
        rows.Add(
            new Row(
                "Nano Banana 2, x0.5 and x2 in turns of 100 tasks: mean wait",
                Run(Stated(20, 35), changing, new SeenDurations(), ref shortest).Average(task => task.Wait),
                "s")
            { AtMost = MostMeanOffRange });
        rows.Add(new Row("shortest time between two polls", shortest, "s") { AtLeast = LeastGap });
        return Task.FromResult<IReadOnlyList<Row>>(rows);
    }

    private static ImageTask Stated(int? least, int? most) => new("task_1")
    {
        Model = ImageModel.NanoBanana2,
        MinExpectedDuration = least is { } from ? TimeSpan.FromSeconds(from) : null,
        MaxExpectedDuration = most is { } to ? TimeSpan.FromSeconds(to) : null,
    };

    private static IEnumerable<Row> Rows(string range, List<(double Wait, int Polls)> ours, IReadOnlyList<double> durations)
    {
        List<(double Wait, int Polls)> atFixed = [.. durations.Select(AtFixed)];
        return
        [
            new Row($"{range}: mean wait", ours.Average(task => task.Wait), "s") { AtMost = MostMean },
            new Row($"{range}: p95 wait", Statistics.Percentile(ours.Select(task => task.Wait), 0.95), "s") { AtMost = MostTail },
            new Row($"{range}: polls", ours.Average(task => task.Polls)) { AtMost = atFixed.Average(task => task.Polls) },
            new Row($"{range}: fixed 5 s, mean wait", atFixed.Average(task => task.Wait), "s"),
            new Row($"{range}: fixed 5 s, polls", atFixed.Average(task => task.Polls)),
        ];
    }

    private static List<double> Durations(double least, double most)
    {
        var random = new Random((int)((least * 1000) + most));
        return [.. Enumerable.Range(0, Tasks).Select(_ => least + (random.NextDouble() * (most - least)))];
    }

    private static (double Wait, int Polls) AtFixed(double seconds)
    {
        var steps = Math.Ceiling(seconds / FixedSeconds);
        return ((steps * FixedSeconds) - seconds, (int)steps + 1);
    }

    /// <param name="stated">The task as the product list describes it.</param>
    /// <param name="durations">How long each task really takes, in seconds.</param>
    /// <param name="seen">What the client learns; null for a client that sees only one task.</param>
    /// <param name="shortest">The shortest time between two polls so far.</param>
    private static List<(double Wait, int Polls)> Run(
        ImageTask stated, IReadOnlyList<double> durations, SeenDurations? seen, ref double shortest)
    {
        var random = new Random(1);
        var runs = new List<(double Wait, int Polls)>();
        foreach (var seconds in durations)
        {
            var done = TimeSpan.FromSeconds(seconds);
            var expected = seen?.Find(stated);
            var (before, age, polls) = (TimeSpan.Zero, TimeSpan.Zero, 1);
            while (age < done)
            {
                var delay = PollSchedule.After(
                    age,
                    age,
                    expected?.AtLeast ?? stated.MinExpectedDuration,
                    expected?.AtMost ?? stated.MaxExpectedDuration,
                    random.NextDouble(),
                    isSeen: expected is not null);
                shortest = Math.Min(shortest, delay.TotalSeconds);
                (before, age) = (age, age + delay);
                polls++;
            }

            seen?.Add(stated, before, age);
            runs.Add(((age - done).TotalSeconds, polls));
        }

        return runs;
    }
}
