using ImaNanoBanana.Diagnostics;

namespace ImaNanoBanana.Benchmarks.Measurements;

/// <summary>The cost of spans and metrics without listeners.</summary>
internal sealed class TelemetryMeasurement : IMeasurement
{
    private const int Rounds = 5;
    private const int Calls = 10_000;

    public string Name => "telemetry";

    public string Summary => "spans and metrics of a submission without listeners";

    public Task<IReadOnlyList<Row>> RunAsync(bool isQuick)
    {
        var task = new ImageTask("task_1") { Model = ImageModel.NanoBanana2, CreditsPerImage = 6 };
        Tell(task);
        var bytes = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            // The minimum: one-time costs, such as compiling code, are not costs of a submission.
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var call = 0; call < Calls; call++)
            {
                Tell(task);
            }

            bytes = Math.Min(bytes, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return Task.FromResult<IReadOnlyList<Row>>([new Row($"allocated by {Calls} submissions", bytes, "bytes") { AtMost = 0 }]);
    }

    /// <summary>All telemetry of a submission with one image and one poll.</summary>
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
