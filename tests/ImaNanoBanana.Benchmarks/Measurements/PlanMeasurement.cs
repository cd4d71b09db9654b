using System.Diagnostics;
using System.Text.Json;
using ImaNanoBanana.Benchmarks.Overhead;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>What planning an order costs, the product list being read.</summary>
internal sealed class PlanMeasurement : IMeasurement
{
    private const double MostMicroseconds = 50;
    private const double MostBytes = 8 * 1024;
    private const int Calls = 200;
    private const int Waves = 8;

    public string Name => "plan";

    public string Summary => "planning an order from a product list of 300 leaves that is read already";

    public static IReadOnlyList<ProductVersion> Versions()
    {
        using var document = JsonDocument.Parse(LargeCatalog.Json);
        return ProductTree.Read(document.RootElement.GetProperty("data"))!;
    }

    public Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var versions = Versions();
        return Task.FromResult<IReadOnlyList<Row>>(
        [
            .. Rows("defaults", versions, new ImageRequest("a cute puppy on grass"), isQuick),
            .. Rows(
                "all set",
                versions,
                new ImageRequest("a cute puppy on grass")
                {
                    Model = ImageModel.NanoBananaPro,
                    Size = ImageSize.Size4K,
                    AspectRatio = AspectRatio.Landscape16x9,
                    Count = 2,
                    MaxCredits = 100,
                },
                isQuick),
        ]);
    }

    private static IEnumerable<Row> Rows(string name, IReadOnlyList<ProductVersion> versions, ImageRequest request, bool isQuick)
    {
        for (var wave = 0; wave < Waves; wave++)
        {
            // The runtime compiles again in the background what was called often.
            Run(versions, request, 5 * Calls);
            Thread.Sleep(100);
        }

        var time = double.MaxValue;
        var bytes = long.MaxValue;
        for (var round = 0; round < (isQuick ? 100 : 500); round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            Run(versions, request, Calls);
            time = Math.Min(time, Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls);
            bytes = Math.Min(bytes, (GC.GetAllocatedBytesForCurrentThread() - before) / Calls);
        }

        yield return new Row($"{name}: time, the best round", time, "us") { AtMost = MostMicroseconds };
        yield return new Row($"{name}: allocated", bytes, "bytes") { AtMost = MostBytes };
    }

    private static void Run(IReadOnlyList<ProductVersion> versions, ImageRequest request, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            _ = ImagePlanner.Plan(versions, request, []);
        }
    }
}
