using BenchmarkDotNet.Attributes;
using ImaNanoBanana.Benchmarks.Measurements;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Planning;

namespace ImaNanoBanana.Benchmarks.Suites;

/// <summary>Planning from a product list of 300 leaves.</summary>
public class PlanSuite
{
    private readonly IReadOnlyList<ProductVersion> _versions = PlanMeasurement.Versions();
    private readonly ImageRequest _request = new("a cute puppy on grass");

    [Benchmark]
    public object Plan() => ImagePlanner.Plan(_versions, _request, []);
}
