using System.Diagnostics;
using System.Text.Json;
using ImaNanoBanana.Benchmarks.Overhead;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>The cost of planning a submission when the product list has been read.</summary>
internal sealed class PlanMeasurement : IMeasurement
{
    private const double MostMicroseconds = 50;
    private const double MostBytes = 8 * 1024;
    private const int Calls = 200;
    private const int Waves = 8;

    public string Name => "plan";

    public string Summary => "planning a submission from a product list of 300 leaves that was already read";

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
            // The runtime recompiles frequently called code in the background.
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

        yield return new Row($"{name}: time of the best round", time, "us") { AtMost = MostMicroseconds };
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
