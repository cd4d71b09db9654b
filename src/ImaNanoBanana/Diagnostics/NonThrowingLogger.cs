using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Diagnostics;

/// <summary>
/// An app's logger whose failures stay its own: a task that was accepted must not be lost to a full disk. Texts of others reach it
/// harmless, in the event's text and in its values.
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
        "Performance", "CA1873", Justification = "The text is made for one event in a thousand, and the caller asked IsEnabled.")]
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
