namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>A channel through which a secret could leak.</summary>
public enum LeakChannel
{
    /// <summary>Log lines: message, state, scopes, exception.</summary>
    Log,

    /// <summary>The text of an exception that the caller got, including inner exceptions.</summary>
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

    /// <summary>What the app's handlers and HTTP loggers see above the SDK's own.</summary>
    Handler,

    /// <summary>What was sent over sockets to places that a secret is not meant for.</summary>
    Wire,
}
