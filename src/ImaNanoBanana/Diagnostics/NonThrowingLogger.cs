using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Diagnostics;

/// <summary>
/// Wraps the app's logger and suppresses its exceptions: an accepted task must not be lost because a disk is full. Untrusted text
/// is made harmless in the event's text and in its values before it reaches the logger.
/// </summary>
internal sealed class NonThrowingLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull =>
        AppCallback.Read((inner, state), static call => call.inner.BeginScope(call.state), null);

    public bool IsEnabled(LogLevel logLevel) =>
        AppCallback.Read((inner, logLevel), static call => call.inner.IsEnabled(call.logLevel), false);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        AppCallback.Invoke(
            (inner, logLevel, eventId, state, exception, formatter),
            static call => Write(call.inner, call.logLevel, call.eventId, call.state, call.exception, call.formatter));

    [SuppressMessage(
        "Performance", "CA1873", Justification = "The text is created for one event in a thousand, and the caller checked IsEnabled.")]
    private static void Write<TState>(
        ILogger logger, LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is IReadOnlyList<KeyValuePair<string, object?>> values && values.Any(IsHarmful))
        {
            var harmless = new HarmlessState(formatter(state, exception), values);
            logger.Log(logLevel, eventId, harmless, exception, static (harmless, _) => harmless.ToString());
        }
        else
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    private static bool IsHarmful(KeyValuePair<string, object?> pair) =>
        pair.Value is string text && !ReferenceEquals(UntrustedText.Clean(text), text);
}
