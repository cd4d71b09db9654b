using System.Diagnostics;

namespace ImaNanoBanana.Benchmarks;

/// <summary>Two ways to do the same thing, in alternating short rounds: a slow machine slows both.</summary>
internal sealed class Interleaved
{
    private const int WarmUp = 24000;
    private const int Waves = 8;
    private const int AllocationRounds = 5;

    private readonly List<(double Base, double Ours)> _microseconds = [];

    /// <summary>The additional time of our way, as the median of all rounds, in microseconds.</summary>
    public double AddedMicroseconds => Statistics.Median(_microseconds.Select(round => round.Ours - round.Base));

    /// <summary>The same in the fastest tenth of the rounds, when nothing else used the machine.</summary>
    public double AddedWhenQuietMicroseconds
    {
        get
        {
            var quiet = _microseconds.OrderBy(round => round.Base + round.Ours).Take(Math.Max(1, _microseconds.Count / 10));
            return Statistics.Median(quiet.Select(round => round.Ours - round.Base));
        }
    }

    /// <summary>How many times as long our way takes, as the median of all rounds.</summary>
    public double Ratio => Statistics.Median(_microseconds.Select(round => round.Ours / round.Base));

    public double BaseMicroseconds => Statistics.Median(_microseconds.Select(round => round.Base));

    public double OurMicroseconds => Statistics.Median(_microseconds.Select(round => round.Ours));

    public double BaseBytes { get; private set; }

    public double OurBytes { get; private set; }

    /// <param name="baseline">The way to compare with.</param>
    /// <param name="ours">Our way.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <param name="calls">The number of calls in a round.</param>
    /// <param name="warmUp">The number of calls before the measurement, so that the code is fully optimized.</param>
    public static async Task<Interleaved> MeasureAsync(Func<Task> baseline, Func<Task> ours, int rounds, int calls, int warmUp = WarmUp)
    {
        var measured = new Interleaved();
        for (var wave = 0; wave < Waves; wave++)
        {
            await CallAsync(baseline, warmUp / Waves);
            await CallAsync(ours, warmUp / Waves);

            // The runtime recompiles frequently called code in the background.
            await Task.Delay(500);
        }

        for (var round = 0; round < rounds; round++)
        {
            double first, second;
            if (round % 2 == 0)
            {
                first = await TimeAsync(baseline, calls);
                second = await TimeAsync(ours, calls);
            }
            else
            {
                second = await TimeAsync(ours, calls);
                first = await TimeAsync(baseline, calls);
            }

            measured._microseconds.Add((first, second));
        }

        measured.BaseBytes = await AllocatedAsync(baseline, calls);
        measured.OurBytes = await AllocatedAsync(ours, calls);
        return measured;
    }

    private static async Task<double> TimeAsync(Func<Task> call, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        await CallAsync(call, calls);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / calls;
    }

    /// <summary>The minimum of several rounds: allocations of other threads in the process do not belong to the call.</summary>
    private static async Task<double> AllocatedAsync(Func<Task> call, int calls)
    {
        var least = double.MaxValue;
        for (var round = 0; round < AllocationRounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await CallAsync(call, calls);
            least = Math.Min(least, (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / calls);
        }

        return least;
    }

    private static async Task CallAsync(Func<Task> call, int calls)
    {
        for (var number = 0; number < calls; number++)
        {
            await call();
        }
    }
}
