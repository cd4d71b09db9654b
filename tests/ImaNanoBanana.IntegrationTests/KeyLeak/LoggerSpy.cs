using System.Text;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.IntegrationTests.KeyLeak;

/// <summary>A logger that records everything: every level, message, template, values, scopes and the whole exception.</summary>
internal sealed class LoggerSpy(Recording recording) : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private static string Text(object? state) => state is IEnumerable<KeyValuePair<string, object?>> values
        ? $"{state} [{string.Join(", ", values.Select(value => $"{value.Key}={ObjectText.Of(value.Value)}"))}]"
        : $"{state}";

    private void Add(string category, LogLevel level, EventId eventId, string message, object? state, Exception? exception)
    {
        var line = new StringBuilder($"{level} {category} {eventId.Id} {eventId.Name} {message} {Text(state)}");
        _scopes.ForEachScope(static (scope, text) => text.Append(" scope ").Append(Text(scope)), line);
        recording.Add(LeakChannel.Log, line.Append(' ').Append(exception).ToString());
    }

    private sealed class Logger(LoggerSpy owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Add(category, logLevel, eventId, formatter(state, exception), state, exception);
    }
}
