using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Diagnostics;

/// <summary>An app's logger whose failures stay its own: an order that was accepted must not be lost to a full disk.</summary>
internal sealed class QuietLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a log throws, the order it tells of goes on.")]
    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return inner.IsEnabled(logLevel);
        }
        catch (Exception)
        {
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a log throws, the order it tells of goes on.")]
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            // There is nowhere to tell it.
        }
    }
}
