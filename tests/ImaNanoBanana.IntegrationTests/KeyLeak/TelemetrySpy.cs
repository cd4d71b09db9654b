using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>Listens to every activity and every instrument of the process, including the runtime's own.</summary>
internal sealed class TelemetrySpy : IDisposable
{
    private readonly Recording _recording;
    private readonly ActivityListener _activities;
    private readonly MeterListener _meters;

    public TelemetrySpy(Recording recording)
    {
        _recording = recording;
        _activities = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = Add,
            ActivityStopped = Add,
        };
        ActivitySource.AddActivityListener(_activities);

        _meters = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        Measure<byte>();
        Measure<short>();
        Measure<int>();
        Measure<long>();
        Measure<float>();
        Measure<double>();
        Measure<decimal>();
        _meters.Start();
    }

    /// <summary>Also reads the observable instruments, which report only on request.</summary>
    public void Dispose()
    {
        _meters.RecordObservableInstruments();
        _meters.Dispose();
        _activities.Dispose();
    }

    private static string Text(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Select(tag => $"{tag.Key}={ObjectText.Of(tag.Value)}"));

    private void Add(Activity activity)
    {
        var events = activity.Events.Select(item => $"{item.Name} {Text(item.Tags)}");
        var links = activity.Links.Select(link => $"{link.Context.TraceState} {Text(link.Tags ?? [])}");
        var baggage = activity.Baggage.Select(item => $"{item.Key}={item.Value}");
        _recording.Add(
            LeakChannel.Trace,
            $"{activity.Source.Name} {activity.OperationName} {activity.DisplayName} {activity.StatusDescription} "
                + $"{activity.TraceStateString} {Text(activity.TagObjects)} {string.Join(' ', [.. events, .. links, .. baggage])}");
    }

    private void Measure<T>()
        where T : struct => _meters.SetMeasurementEventCallback<T>((instrument, value, tags, _) => _recording.Add(
            LeakChannel.Metric,
            $"{instrument.Meter.Name} {Text(instrument.Meter.Tags ?? [])} {instrument.Name} {Text(instrument.Tags ?? [])} {value} "
                + $"{Text(tags.ToArray())}"));
}
