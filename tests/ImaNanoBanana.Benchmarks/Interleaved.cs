using System.Diagnostics;

namespace ImaNanoBanana.Benchmarks;

/// <summary>
/// Several ways to do the same thing, in alternating short turns: a slow machine slows all of them. A round is the median of many turns,
/// and a figure is the median of the rounds.
/// </summary>
internal sealed class Interleaved
{
    private const int Waves = 8;

    private readonly IReadOnlyList<Func<Task>> _ways;
    private readonly Effort _effort;
    private readonly List<double[][]> _rounds = [];
    private readonly List<double>[] _bytes;

    private Interleaved(IReadOnlyList<Func<Task>> ways, Effort effort)
    {
        (_ways, _effort) = (ways, effort);
        _bytes = [.. ways.Select(_ => new List<double>())];
    }

    /// <param name="effort">How much to measure.</param>
    /// <param name="ways">The ways to do it.</param>
    public static async Task<Interleaved> MeasureAsync(Effort effort, params IReadOnlyList<Func<Task>> ways)
    {
        var measured = new Interleaved(ways, effort);
        await measured.WarmUpAsync();
        for (var round = 0; round < effort.Rounds; round++)
        {
            measured._rounds.Add(await measured.RoundAsync());
            foreach (var (way, bytes) in ways.Zip(measured._bytes))
            {
                bytes.Add(await measured.AllocatedAsync(way));
            }
        }

        return measured;
    }

    /// <summary>The time of one call, in microseconds, in each round.</summary>
    public IReadOnlyList<double> Microseconds(int way) => Rounds(turn => turn[way]);

    /// <summary>A comparison of two ways in each turn: for each round, the median of its turns.</summary>
    public IReadOnlyList<double> Compare(int way, int other, Func<double, double, double> compare) =>
        Rounds(turn => compare(turn[way], turn[other]));

    /// <summary>The bytes that one call allocates in the whole process, in each round.</summary>
    public IReadOnlyList<double> Bytes(int way) => _bytes[way];

    private double[] Rounds(Func<double[], double> figure) =>
        [.. _rounds.Select(turns => Statistics.Median(turns.Select(figure)))];

    private async Task WarmUpAsync()
    {
        for (var wave = 0; wave < Waves; wave++)
        {
            foreach (var way in _ways)
            {
                await CallAsync(way, Math.Max(1, _effort.WarmUp / Waves));
            }

            if (_effort.WarmUp >= Waves)
            {
                // The runtime recompiles frequently called code in the background.
                await Task.Delay(500);
            }
        }
    }

    private async Task<double[][]> RoundAsync()
    {
        var turns = new double[_effort.Turns][];
        for (var number = 0; number < turns.Length; number++)
        {
            var turn = turns[number] = new double[_ways.Count];
            for (var place = 0; place < turn.Length; place++)
            {
                // Another way begins each turn.
                var way = (number + place) % turn.Length;
                var start = Stopwatch.GetTimestamp();
                await CallAsync(_ways[way], _effort.Calls);
                turn[way] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / _effort.Calls;
            }
        }

        return turns;
    }

    private async Task<double> AllocatedAsync(Func<Task> way)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await CallAsync(way, _effort.Calls);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / _effort.Calls;
    }

    private static async Task CallAsync(Func<Task> call, int calls)
    {
        for (var number = 0; number < calls; number++)
        {
            await call();
        }
    }
}
