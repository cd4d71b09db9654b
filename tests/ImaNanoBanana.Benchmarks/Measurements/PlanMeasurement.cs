using System.Text.Json;
using ImaNanoBanana.Benchmarks.Overhead;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>The cost of planning a submission when the product list has been read.</summary>
internal sealed class PlanMeasurement : IMeasurement
{
    private const double MostMicroseconds = 3;
    private const double MostBytes = 5 * 1024;

    /// <summary>The number of plans in a call.</summary>
    private const int Plans = 20;

    public string Name => "plan";

    public string Summary => "planning a submission from a product list of 300 leaves that was already read";

    public static IReadOnlyList<ProductVersion> Versions()
    {
        using var document = JsonDocument.Parse(LargeCatalog.Json);
        return ProductTree.Read(document.RootElement.GetProperty("data"))!;
    }

    public async Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var versions = Versions();
        var simple = new ImageRequest("a cute puppy on grass");
        var full = simple with
        {
            Model = ImageModel.NanoBananaPro,
            Size = ImageSize.Size4K,
            AspectRatio = AspectRatio.Landscape16x9,
            Count = 2,
            MaxCredits = 100,
        };
        var effort = new Effort(Rounds: isQuick ? 5 : 15, Turns: isQuick ? 60 : 120, Calls: 10, WarmUp: 2400);
        var measured = await Interleaved.MeasureAsync(effort, () => PlanAsync(versions, simple), () => PlanAsync(versions, full));
        return [.. Rows("defaults", measured, 0), .. Rows("all set", measured, 1)];
    }

    private static IEnumerable<Row> Rows(string name, Interleaved measured, int way) =>
    [
        Row.FromRounds($"{name}: time", [.. measured.Microseconds(way).Select(time => time / Plans)], "us") with
        {
            AtMost = MostMicroseconds,
        },
        Row.FromRounds($"{name}: allocated", [.. measured.Bytes(way).Select(bytes => bytes / Plans)], "bytes") with { AtMost = MostBytes },
    ];

    private static Task PlanAsync(IReadOnlyList<ProductVersion> versions, ImageRequest request)
    {
        for (var plan = 0; plan < Plans; plan++)
        {
            _ = ImagePlanner.Plan(versions, request, []);
        }

        return Task.CompletedTask;
    }
}
