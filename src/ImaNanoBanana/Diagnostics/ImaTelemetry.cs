using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImaNanoBanana;

/// <summary>
/// The names that an app subscribes to for traces and metrics. What they tell is in docs/telemetry.md: operations, durations,
/// credits, outcomes; never the key, and prompts only where <see cref="ImaNanoBananaOptions.EnableSensitiveData"/> says so.
/// </summary>
public static class ImaTelemetry
{
    /// <summary>The <see cref="ActivitySource"/> of all spans.</summary>
    public const string ActivitySourceName = "ImaNanoBanana";

    /// <summary>The <see cref="Meter"/> of all instruments.</summary>
    public const string MeterName = "ImaNanoBanana";

    internal static readonly ActivitySource Source = new(ActivitySourceName, SdkVersion.Text);

    private static readonly Meter Meter = new(MeterName, SdkVersion.Text);

    internal static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "gen_ai.client.operation.duration",
        "s",
        "How long an operation took.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600],
        });

    internal static readonly Counter<double> Credits = Meter.CreateCounter<double>(
        "ima.client.credits.spent", "{credit}", "Credits of accepted orders.");

    internal static readonly Counter<long> Creates = Meter.CreateCounter<long>(
        "ima.client.creates", "{create}", "Creates by what became of them.");

    internal static readonly Counter<long> Polls = Meter.CreateCounter<long>("ima.client.polls", "{poll}", "Looks at tasks.");

    internal static readonly UpDownCounter<long> ActiveTasks = Meter.CreateUpDownCounter<long>(
        "ima.client.tasks.active", "{task}", "Tasks that are watched now.");

    internal static readonly Counter<long> UploadedBytes = Meter.CreateCounter<long>(
        "ima.client.upload.size", "By", "Bytes of images that were uploaded.");
}
