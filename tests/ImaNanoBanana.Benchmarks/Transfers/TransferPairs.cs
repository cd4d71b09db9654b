using System.Diagnostics;

namespace ImaNanoBanana.Benchmarks.Transfers;

/// <summary>A transfer by the SDK and one by a bare socket, alternating.</summary>
internal static class TransferPairs
{
    private const double LeastRatio = 0.8;
    private const double MostBytes = 1024 * 1024;
    private const int Pairs = 7;

    /// <summary>The best of several turns in a pair: a transfer needs both cores, which other programs may be using.</summary>
    private const int Turns = 3;

    /// <param name="bytes">The number of bytes transferred.</param>
    /// <param name="raw">The transfer by a bare socket.</param>
    /// <param name="ours">The transfer by the SDK.</param>
    /// <returns>The SDK's speed as a fraction of the socket's, as the median of the pairs, and what the SDK allocates.</returns>
    public static async Task<IReadOnlyList<Row>> MeasureAsync(long bytes, Func<Task> raw, Func<Task> ours)
    {
        await raw();
        await ours();
        List<double> ratios = [], rawSpeeds = [], speeds = [], allocated = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (first, second) = (double.MaxValue, double.MaxValue);
            for (var turn = 0; turn < Turns; turn++)
            {
                first = Math.Min(first, await SecondsAsync(raw));
                var before = GC.GetTotalAllocatedBytes(precise: true);
                second = Math.Min(second, await SecondsAsync(ours));
                allocated.Add(GC.GetTotalAllocatedBytes(precise: true) - before);
            }

            ratios.Add(first / second);
            rawSpeeds.Add(bytes / 1e6 / first);
            speeds.Add(bytes / 1e6 / second);
        }

        return
        [
            new Row("bare socket", Statistics.Median(rawSpeeds), "MB/s"),
            new Row("SDK", Statistics.Median(speeds), "MB/s"),
            new Row($"speed of the SDK relative to the socket ({Pairs} pairs)", Statistics.Median(ratios), "") { AtLeast = LeastRatio },
            new Row("total allocated", Statistics.Median(allocated), "bytes") { AtMost = MostBytes },
        ];
    }

    private static async Task<double> SecondsAsync(Func<Task> transfer)
    {
        var start = Stopwatch.GetTimestamp();
        await transfer();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
