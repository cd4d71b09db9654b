namespace ImaNanoBanana.Benchmarks.Transfers;

/// <summary>
/// Ways to transfer the same bytes, alternating. A transfer needs both cores of the machine, which other programs may use too.
/// </summary>
/// <param name="bytes">The number of bytes transferred.</param>
/// <param name="measured">The times of the ways.</param>
internal sealed class Transfers(long bytes, Interleaved measured)
{
    private const double MostBytes = 1024 * 1024;
    private const int ProcessorTurns = 7;

    /// <param name="bytes">The number of bytes transferred.</param>
    /// <param name="turns">The number of turns in a round.</param>
    /// <param name="isQuick">Whether to measure less.</param>
    /// <param name="ways">The ways to transfer them.</param>
    public static async Task<Transfers> MeasureAsync(long bytes, int turns, bool isQuick, params IReadOnlyList<Func<Task>> ways) =>
        new(bytes, await Interleaved.MeasureAsync(new Effort(Rounds: isQuick ? 5 : 9, turns, Calls: 1, WarmUp: 1), ways));

    public Row Speed(string name, int way) =>
        Row.FromRounds(name, [.. measured.Microseconds(way).Select(time => bytes / time)], "MB/s");

    /// <summary>The speed of one way as a fraction of the speed of another.</summary>
    public Row Relative(string name, int way, int other) =>
        Row.FromRounds(name, measured.Compare(way, other, (ours, theirs) => theirs / ours));

    public Row Allocated(string name, int way) => Row.FromRounds(name, measured.Bytes(way), "bytes") with { AtMost = MostBytes };

    /// <summary>
    /// The time of all processors for one transfer, at both ends. Divided by their number, it is the least that a transfer can take.
    /// </summary>
    public static async Task<Row> ProcessorTimeAsync(string name, bool isQuick, Func<Task> way)
    {
        var times = new List<double>();
        for (var round = 0; round < (isQuick ? 5 : 9); round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            for (var turn = 0; turn < ProcessorTurns; turn++)
            {
                await way();
            }

            times.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / ProcessorTurns);
        }

        return Row.FromRounds(name, times, "ms");
    }
}
