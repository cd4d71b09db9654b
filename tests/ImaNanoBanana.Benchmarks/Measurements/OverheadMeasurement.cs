using ImaNanoBanana.Benchmarks.Overhead;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>The cost of a generate, compared with the same requests by hand, with the product list in the cache.</summary>
internal sealed class OverheadMeasurement : IMeasurement
{
    private const double MostMicroseconds = 50;
    private const double MostBytes = 16 * 1024;

    public string Name => "overhead";

    public string Summary => "a generate (list cached, create, 1 poll), compared with the same requests by hand";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        using var scene = new OverheadScene(LargeCatalog.SmallJson);
        await scene.CheckAsync();
        var effort = new Effort(Rounds: isQuick ? 5 : 15, Turns: isQuick ? 60 : 120, Calls: 50, WarmUp: 24_000);
        var measured = await Interleaved.MeasureAsync(effort, scene.HandWrittenAsync, scene.OursAsync);
        var more = measured.Bytes(1).Zip(measured.Bytes(0), (ours, theirs) => ours - theirs).ToList();
        return
        [
            Row.FromRounds("by hand", measured.Microseconds(0), "us"),
            Row.FromRounds("SDK", measured.Microseconds(1), "us"),
            Row.FromRounds("the SDK adds", measured.Compare(1, 0, (ours, theirs) => ours - theirs), "us") with
            {
                AtMost = MostMicroseconds,
            },
            Row.FromRounds("ratio", measured.Compare(1, 0, (ours, theirs) => ours / theirs)),
            Row.FromRounds("allocated by hand", measured.Bytes(0), "bytes"),
            Row.FromRounds("allocated by the SDK", measured.Bytes(1), "bytes"),
            Row.FromRounds("the SDK allocates more", more, "bytes") with { AtMost = MostBytes },
        ];
    }
}
