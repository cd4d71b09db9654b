using ImaNanoBanana.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace ImaNanoBanana.Tests.Diagnostics;

public class NonThrowingLoggerTests
{
    /// <summary>Neither the text of an event nor its values bring control characters into a log.</summary>
    [Fact]
    public void Texts_from_outside_are_harmless_in_the_log()
    {
        var log = new FakeLogger();

        ImaLog.PollFailed(new NonThrowingLogger(log), "task\u001b[2J1", "code 500: a\r\nERROR b\u202e");

        var logged = log.LatestRecord;
        Assert.Equal("A poll of task task 1 failed and will be repeated: code 500: a ERROR b ", logged.Message);
        Assert.Equal(
            ("task 1", "code 500: a ERROR b "), (logged.GetStructuredStateValue("TaskId"), logged.GetStructuredStateValue("Reason")));
        Assert.NotNull(logged.GetStructuredStateValue("{OriginalFormat}"));
    }

    /// <summary>An exception of a logger never ends anything, wherever it is thrown.</summary>
    [Fact]
    public void Log_never_ends_the_program()
    {
        var logger = new NonThrowingLogger(new BrokenLogger());

        Assert.Null(logger.BeginScope("scope"));
        ImaLog.PollFailed(logger, "task_1", "no reason");
        Assert.False(logger.IsEnabled(LogLevel.Error));
    }

    private sealed class BrokenLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => throw new InvalidOperationException();

        public bool IsEnabled(LogLevel logLevel) => throw new InvalidOperationException();

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException();
    }
}
