using System.Diagnostics.Tracing;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>An event source that the listener must observe.</summary>
[EventSource(Name = SourceName)]
internal sealed class PlantedEventSource : EventSource
{
    public const string SourceName = "ImaNanoBanana-Planted";

    [Event(1)]
    public void Say(string text) => WriteEvent(1, text);
}
