using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Masking;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Diagnostics;

/// <summary>
/// An app's logger whose failures stay its own: a task that was accepted must not be lost to a full disk. Texts of others reach it
/// harmless, in the event's text and in its values.
/// </summary>
internal sealed class QuietLogger(ILogger inner) : ILogger
{
    [SuppressMessage("Design", "CA1031", Justification = "Whatever a log throws, the task it tells of goes on.")]
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        try
        {
            return inner.BeginScope(state);
        }
        catch (Exception)
        {
            return null;
        }
    }

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
    [SuppressMessage(
        "Performance", "CA1873", Justification = "The text is made for one harmful event in a thousand, and who calls asked IsEnabled.")]
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values && values.Any(IsHarmful))
            {
                inner.Log(
                    logLevel,
                    eventId,
                    new HarmlessState(formatter(state, exception), values),
                    exception,
                    static (harmless, _) => harmless.ToString());
            }
            else
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
            }
        }
        catch (Exception)
        {
            // There is nowhere to tell it.
        }
    }

    private static bool IsHarmful(KeyValuePair<string, object?> pair) =>
        pair.Value is string text && !ReferenceEquals(ForeignText.Clean(text), text);
}
