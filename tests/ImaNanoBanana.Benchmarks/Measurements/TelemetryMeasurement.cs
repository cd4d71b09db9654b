using ImaNanoBanana.Diagnostics;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>What spans and metrics cost where nobody listens.</summary>
internal sealed class TelemetryMeasurement : IMeasurement
{
    private const int Rounds = 5;
    private const int Calls = 10_000;

    public string Name => "telemetry";

    public string Summary => "spans and metrics of an order where nobody listens";

    public Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var task = new ImageTask("task_1") { Model = ImageModel.NanoBanana2, CreditsPerImage = 6 };
        Tell(task);
        var bytes = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            // The least: what happens once, when code is compiled for example, is no cost of an order.
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var call = 0; call < Calls; call++)
            {
                Tell(task);
            }

            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return Task.FromResult<IReadOnlyList<Row>>([new Row($"allocated by {Calls} orders", bytes, "bytes") { AtMost = 0 }]);
    }

    /// <summary>All that an order with one image and one look at it tells.</summary>
    private static void Tell(ImageTask task)
    {
        foreach (
            var name in (ReadOnlySpan<string>)[Operation.Generate, Operation.Upload, Operation.Submit, Operation.Watch, Operation.Download])
        {
            using var operation = Operation.Start(
                name, "api.imastudio.com", ImageModel.NanoBanana2, TimeProvider.System)?.WithPrompt("a cute puppy on grass");
            operation?.Submitted(task);
        }

        Counters.Created(ImageModel.NanoBanana2, "accepted", null);
        Counters.Spent(task);
        Counters.Watched(1);
        Counters.Polled(failed: false);
        Counters.Watched(-1);
        Counters.Uploaded(7);
    }
}
