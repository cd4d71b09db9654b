using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImaNanoBanana.Tests.Diagnostics;

/// <summary>An app that listens to all that the SDK tells.</summary>
internal sealed class TelemetrySpy : IDisposable
{
    private readonly ActivityListener _spans;
    private readonly MeterListener _instruments = new();

    public TelemetrySpy(bool spans = true, bool metrics = true)
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ImaTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => Started?.Invoke(activity),
            ActivityStopped = activity =>
            {
                Spans.Enqueue(activity);
                Stopped?.Invoke(activity);
            },
        };
        if (spans)
        {
            ActivitySource.AddActivityListener(_spans);
        }

        _instruments.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == ImaTelemetry.MeterName)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _instruments.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _instruments.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        if (metrics)
        {
            _instruments.Start();
        }
    }

    public ConcurrentQueue<Activity> Spans { get; } = [];

    public ConcurrentQueue<(string Instrument, double Value, string Tags)> Measurements { get; } = [];

    public Action<Activity>? Started { get; set; }

    public Action<Activity>? Stopped { get; set; }

    public Action? Measured { get; set; }

    public Activity Span(string name) => Assert.Single(Spans, span => span.OperationName == name);

    public static string Tags(Activity span) => string.Join(", ", span.TagObjects.Select(tag => FormattableString.Invariant($"{tag.Key}={tag.Value}")));

    /// <summary>The sums of an instrument by its tags.</summary>
    public IEnumerable<string> Sums(string instrument) =>
        from measurement in Measurements
        where measurement.Instrument == instrument
        group measurement.Value by measurement.Tags into sums
        orderby sums.Key
        select FormattableString.Invariant($"{sums.Sum()} {sums.Key}").TrimEnd();

    public void Dispose()
    {
        _spans.Dispose();
        _instruments.Dispose();
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        Measurements.Enqueue((instrument.Name, value, string.Join(", ", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        Measured?.Invoke();
    }
}
