using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImaNanoBanana;

/// <summary>
/// Provides the names that an app subscribes to for traces and metrics. They report operations, durations, credits and outcomes,
/// never the API key, and prompts only if <see cref="ImaNanoBananaOptions.EnableSensitiveData"/> is set. See docs/telemetry.md.
/// </summary>
public static class ImaTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/> of all spans.</summary>
    public const string ActivitySourceName = "ImaNanoBanana";

    /// <summary>The name of the <see cref="Meter"/> of all instruments.</summary>
    public const string MeterName = "ImaNanoBanana";

    internal static readonly ActivitySource Source = new(ActivitySourceName, SdkVersion.Text);

    private static readonly Meter Meter = new(MeterName, SdkVersion.Text);

    internal static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "gen_ai.client.operation.duration",
        "s",
        "Duration of an operation.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.1, 0.5, 1, 2, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300, 600],
        });

    internal static readonly Counter<double> Credits = Meter.CreateCounter<double>(
        "ima.client.credits.spent", "{credit}", "Credits of accepted submissions.");

    internal static readonly Counter<long> Creates = Meter.CreateCounter<long>(
        "ima.client.creates", "{create}", "Create requests by outcome.");

    internal static readonly Counter<long> Polls = Meter.CreateCounter<long>("ima.client.polls", "{poll}", "Status polls of tasks.");

    internal static readonly UpDownCounter<long> ActiveTasks = Meter.CreateUpDownCounter<long>(
        "ima.client.tasks.active", "{task}", "Tasks that are currently watched.");

    internal static readonly Counter<long> UploadedBytes = Meter.CreateCounter<long>(
        "ima.client.upload.size", "By", "Bytes of uploaded images.");
}
