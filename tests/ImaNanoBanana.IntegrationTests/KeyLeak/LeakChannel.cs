namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>A way by which a secret could leave.</summary>
public enum LeakChannel
{
    /// <summary>Log lines: message, state, scopes, exception.</summary>
    Log,

    /// <summary>The text of an exception that the caller got, and of those inside it.</summary>
    Exception,

    /// <summary>Activities: names, tags, events, links, baggage.</summary>
    Trace,

    /// <summary>Measurements: names and tags.</summary>
    Metric,

    /// <summary>Events of the runtime's event sources.</summary>
    RuntimeEvent,

    /// <summary>Files: names and bytes.</summary>
    File,

    /// <summary>Objects of the SDK: their text and their public properties.</summary>
    Object,

    /// <summary>What handlers and HTTP loggers of the app see above the SDK's own.</summary>
    Handler,

    /// <summary>What went over sockets beyond the places that a secret is for.</summary>
    Wire,
}
