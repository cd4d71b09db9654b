using System.Collections.Concurrent;
using System.Diagnostics;

namespace ImaNanoBanana.Tests.Diagnostics;

/// <summary>An app that listens to the spans of the SDK. Tests that use it run alone.</summary>
internal sealed class SpanSpy : IDisposable
{
    private readonly ActivityListener _spans;

    /// <param name="other">The name of another source to listen to, or null.</param>
    public SpanSpy(string? other = null)
    {
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ImaTelemetry.ActivitySourceName || source.Name == other,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = activity => Started?.Invoke(activity),
            ActivityStopped = activity =>
            {
                Spans.Enqueue(activity);
                Stopped?.Invoke(activity);
            },
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public ConcurrentQueue<Activity> Spans { get; } = [];

    public Action<Activity>? Started { get; set; }

    public Action<Activity>? Stopped { get; set; }

    public Activity Span(string name) => Assert.Single(Spans, span => span.OperationName == name);

    public static string Tags(Activity span) =>
        string.Join(", ", span.TagObjects.Select(tag => FormattableString.Invariant($"{tag.Key}={tag.Value}")));

    public void Dispose() => _spans.Dispose();
}
