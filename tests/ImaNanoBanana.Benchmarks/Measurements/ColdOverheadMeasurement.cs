using ImaNanoBanana.Benchmarks.Overhead;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>The cost of the first generate of a client, compared with the same requests by hand: a long product list is read.</summary>
internal sealed class ColdOverheadMeasurement : IMeasurement
{
    private const double MostRatio = 1.2;

    public string Name => "overhead-cold";

    public string Summary => "the first generate of a client, with a product list of 300 leaves, compared with the same by hand";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        using var scene = new OverheadScene(LargeCatalog.Json);
        await scene.CheckAsync();
        var effort = new Effort(Rounds: isQuick ? 5 : 15, Turns: isQuick ? 30 : 60, Calls: 4, WarmUp: 2400);
        var measured = await Interleaved.MeasureAsync(effort, scene.HandWrittenColdAsync, scene.OursColdAsync);
        return
        [
            new Row("product list", LargeCatalog.Json.Length / 1024.0, "KB"),
            Row.FromRounds("by hand", measured.Microseconds(0), "us"),
            Row.FromRounds("SDK", measured.Microseconds(1), "us"),
            Row.FromRounds("ratio", measured.Compare(1, 0, (ours, theirs) => ours / theirs)) with { AtMost = MostRatio },
            Row.FromRounds("allocated by hand", [.. measured.Bytes(0).Select(bytes => bytes / 1024)], "KB"),
            Row.FromRounds("allocated by the SDK", [.. measured.Bytes(1).Select(bytes => bytes / 1024)], "KB"),
        ];
    }
}
