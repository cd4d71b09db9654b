using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tests;

/// <summary>Keeps log events as text: level, number, message.</summary>
internal sealed class LogSpy : ILogger
{
    public List<string> Events { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Events)
        {
            Events.Add($"{logLevel} {eventId.Id}: {formatter(state, exception)}");
        }
    }
}
