using BenchmarkDotNet.Attributes;
using ImaNanoBanana.Benchmarks.Overhead;

namespace ImaNanoBanana.Benchmarks.Suites;

/// <summary>A complete generate, warm and cold, by hand and by the SDK.</summary>
public class OverheadSuite : IDisposable
{
    private readonly OverheadScene _warm = new(LargeCatalog.SmallJson);
    private readonly OverheadScene _cold = new(LargeCatalog.Json);

    [Benchmark(Baseline = true)]
    public Task ByHand() => _warm.HandWrittenAsync();

    [Benchmark]
    public Task Sdk() => _warm.OursAsync();

    [Benchmark]
    public Task ByHandCold() => _cold.HandWrittenColdAsync();

    [Benchmark]
    public Task SdkCold() => _cold.OursColdAsync();

    [GlobalCleanup]
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _warm.Dispose();
            _cold.Dispose();
        }
    }
}
