using System.Diagnostics;

namespace ImaNanoBanana.Benchmarks.Transfers;

/// <summary>A transfer by the SDK and by a bare socket, in turns.</summary>
internal static class TransferPairs
{
    private const double LeastRatio = 0.8;
    private const double MostBytes = 1024 * 1024;
    private const int Pairs = 7;

    /// <summary>Of a pair the best of some turns: a transfer needs both cores, which others may have just then.</summary>
    private const int Turns = 3;

    /// <param name="bytes">How much is transferred.</param>
    /// <param name="raw">The bare socket's way.</param>
    /// <param name="ours">The SDK's way.</param>
    /// <returns>The speed of ours as part of the socket's, the median of the pairs, and what ours allocates.</returns>
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
            new Row($"speed of the SDK, of the socket's ({Pairs} pairs)", Statistics.Median(ratios), "") { AtLeast = LeastRatio },
            new Row("allocated in all", Statistics.Median(allocated), "bytes") { AtMost = MostBytes },
        ];
    }

    private static async Task<double> SecondsAsync(Func<Task> transfer)
    {
        var start = Stopwatch.GetTimestamp();
        await transfer();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
