using System.Globalization;
using ImaNanoBanana.Watching;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>
/// How long a finished image waits for the poll that finds it, and how many polls that takes: 10,000 tasks for each range on a simulated
/// clock, with the function that the client uses to schedule polls. The answer to a poll takes no time here.
/// </summary>
internal sealed class LatencyMeasurement : IMeasurement
{
    private const int Tasks = 10_000;
    private const double FixedSeconds = 5;
    private const double MostMean = 1.2;
    private const double MostTail = 2.2;
    private const double MostMeanOffRange = 3;
    private const double LeastGap = 2;

    /// <summary>The expected times in the product list, and those used if the list has none.</summary>
    private static readonly (string Model, int Least, int Most, bool IsListed)[] Ranges =
    [
        ("Nano Banana 2", 20, 35, true),
        ("Nano Banana Pro", 25, 45, true),
        ("Nano Banana 2 unlisted", 20, 40, false),
        ("Nano Banana Pro unlisted", 60, 120, false),
    ];

    public string Name => "latency";

    public string Summary => "how long a finished image waits for the client, and polls per task, compared with polling every 5 s";

    public Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var rows = new List<Row>();
        var shortest = double.MaxValue;
        foreach (var (model, least, most, isListed) in Ranges)
        {
            foreach (var factor in (ReadOnlySpan<double>)[1, 0.5, 1.5])
            {
                var (ours, atFixed) = Run(least, most, factor, ref shortest);
                var range = string.Create(CultureInfo.InvariantCulture, $"{model}, {least * factor:0.#}-{most * factor:0.#} s");
                var mean = ours.Average(task => task.Wait);
                if (factor == 1)
                {
                    rows.Add(new Row($"{range}: mean wait", mean, "s") { AtMost = MostMean });
                    rows.Add(
                        new Row(
                            $"{range}: p95 wait", Statistics.Percentile(ours.Select(task => task.Wait), 0.95), "s")
                        { AtMost = MostTail });
                    rows.Add(
                        new Row(
                            $"{range}: polls",
                            ours.Average(task => task.Polls))
                        { AtMost = isListed ? atFixed.Average(task => task.Polls) : null });
                    rows.Add(new Row($"{range}: fixed 5 s, mean wait", atFixed.Average(task => task.Wait), "s"));
                    rows.Add(new Row($"{range}: fixed 5 s, polls", atFixed.Average(task => task.Polls)));
                }
                else
                {
                    rows.Add(
                        new Row(
                            $"{range} (x{factor.ToString(CultureInfo.InvariantCulture)}): mean wait",
                            mean,
                            "s")
                        { AtMost = isListed ? MostMeanOffRange : null });
                }
            }
        }

        rows.Add(new Row("shortest time between two polls", shortest, "s") { AtLeast = LeastGap });
        return Task.FromResult<IReadOnlyList<Row>>(rows);
    }

    private static (
        List<(double Wait, int Polls)> Ours,
        List<(double Wait, int Polls)> Fixed) Run(int least, int most, double factor, ref double shortest)
    {
        var random = new Random((least * 1000) + most);
        List<(double Wait, int Polls)> ours = [], atFixed = [];
        for (var number = 0; number < Tasks; number++)
        {
            var done = TimeSpan.FromSeconds((least + (random.NextDouble() * (most - least))) * factor);
            var (age, polls) = (TimeSpan.Zero, 1);
            while (age < done)
            {
                var delay = PollSchedule.After(age, age, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most), random.NextDouble());
                shortest = Math.Min(shortest, delay.TotalSeconds);
                age += delay;
                polls++;
            }

            ours.Add(((age - done).TotalSeconds, polls));
            var steps = Math.Ceiling(done.TotalSeconds / FixedSeconds);
            atFixed.Add(((steps * FixedSeconds) - done.TotalSeconds, (int)steps + 1));
        }

        return (ours, atFixed);
    }
}
