using System.Diagnostics.Tracing;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>
/// Listens to the public event sources of the network stack, as a profiler would. The runtime's private sources
/// (<c>Private.InternalDiagnostics.*</c>) print whole requests by design and are excluded.
/// </summary>
internal sealed class EventSpy : EventListener
{
    // The base class reports the existing sources before the constructor of this class has run.
    private readonly Recording? _recording;

    public EventSpy(Recording recording)
    {
        _recording = recording;
        foreach (var source in EventSource.GetSources())
        {
            Listen(source);
        }
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (_recording is not null)
        {
            Listen(eventSource);
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData) => _recording?.Add(
        LeakChannel.RuntimeEvent,
        $"{eventData.EventSource.Name} {eventData.EventName} {eventData.Message} "
            + $"{string.Join(' ', eventData.Payload?.Select(ObjectText.Of) ?? [])}");

    private void Listen(EventSource source)
    {
        if (source.Name.StartsWith("System.Net", StringComparison.Ordinal) || source.Name == PlantedEventSource.SourceName)
        {
            EnableEvents(source, EventLevel.Verbose, EventKeywords.All);
        }
    }
}
