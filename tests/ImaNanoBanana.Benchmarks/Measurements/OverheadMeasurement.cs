using ImaNanoBanana.Benchmarks.Overhead;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>The cost of a generate, compared with the same requests by hand, with the product list in the cache.</summary>
internal sealed class OverheadMeasurement : IMeasurement
{
    private const double MostMicroseconds = 50;
    private const double MostBytes = 18 * 1024;

    public string Name => "overhead";

    public string Summary => "a generate (list cached, create, 1 poll), compared with the same requests by hand";

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        using var scene = new OverheadScene(LargeCatalog.SmallJson);
        await scene.CheckAsync();
        var measured = await Interleaved.MeasureAsync(scene.HandWrittenAsync, scene.OursAsync, isQuick ? 100 : 600, 50);
        return
        [
            new Row("by hand", measured.BaseMicroseconds, "us"),
            new Row("SDK", measured.OurMicroseconds, "us"),
            new Row("the SDK adds", measured.AddedMicroseconds, "us") { AtMost = MostMicroseconds },
            new Row("the SDK adds, fastest tenth of the rounds", measured.AddedWhenQuietMicroseconds, "us"),
            new Row("ratio", measured.Ratio),
            new Row("allocated by hand", measured.BaseBytes, "bytes"),
            new Row("allocated by the SDK", measured.OurBytes, "bytes"),
            new Row("the SDK allocates more", measured.OurBytes - measured.BaseBytes, "bytes") { AtMost = MostBytes },
        ];
    }
}
