using ImaNanoBanana.Benchmarks.Overhead;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>The cost of the first generate of a client, compared with the same requests by hand: a long product list is read.</summary>
internal sealed class ColdOverheadMeasurement : IMeasurement
{
    private const double MostRatio = 1.25;

    public string Name => "overhead-cold";

    public string Summary => "the first generate of a client, with a product list of 300 leaves, compared with the same by hand";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        using var scene = new OverheadScene(LargeCatalog.Json);
        await scene.CheckAsync();
        var measured = await Interleaved.MeasureAsync(
            scene.HandWrittenColdAsync, scene.OursColdAsync, isQuick ? 100 : 300, 4, warmUp: 1200);
        return
        [
            new Row("product list", LargeCatalog.Json.Length / 1024.0, "KB"),
            new Row("by hand", measured.BaseMicroseconds, "us"),
            new Row("SDK", measured.OurMicroseconds, "us"),
            new Row("ratio", measured.Ratio) { AtMost = MostRatio },
            new Row("allocated by hand", measured.BaseBytes / 1024, "KB"),
            new Row("allocated by the SDK", measured.OurBytes / 1024, "KB"),
        ];
    }
}
