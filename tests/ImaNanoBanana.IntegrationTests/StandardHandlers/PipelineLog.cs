using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>Knows from the logs of Polly which resilience pipelines of the container ran, and whether one of them timed out.</summary>
internal sealed class PipelineLog : ILoggerProvider
{
    private readonly HashSet<string> _pipelines = [];
    private readonly HashSet<string> _events = [];

    public int Pipelines
    {
        get
        {
            lock (_pipelines)
            {
                return _pipelines.Count;
            }
        }
    }

    public bool HasTimedOut
    {
        get
        {
            lock (_pipelines)
            {
                return _events.Contains("OnTimeout");
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(IEnumerable<KeyValuePair<string, object?>> state)
    {
        lock (_pipelines)
        {
            foreach (var (name, value) in state)
            {
                (name switch { "PipelineName" => _pipelines, "EventName" => _events, _ => null })?.Add($"{value}");
            }
        }
    }

    private sealed class Logger(PipelineLog owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category == "Polly";

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                owner.Add(values);
            }
        }
    }
}
