using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ImaNanoBanana.Masking;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Cli.Logging;

/// <summary>
/// Writes one log file per day and keeps it for seven days, in the folder that related programs share. Only files of this program are
/// removed. The log never contains the API key. A log that cannot be written does not stop the program.
/// </summary>
internal sealed class RollingLog(string folder, string? key, TimeProvider time) : ILogger
{
    private const int Days = 7;
    private const string Prefix = "ima_cli_";
    private const string DayFormat = "yyyy-MM-dd";

    private readonly object _gate = new();
    private bool _isTidy;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    [SuppressMessage("Design", "CA1031", Justification = "An event that cannot be formatted must not stop the program.")]
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            try
            {
                Write(
                    logLevel,
                    formatter(state, exception) + (exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message})"));
            }
            catch (Exception)
            {
                // The image is more important than the log entry about it.
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The task must continue even if its log entry cannot be written.")]
    public void Write(LogLevel level, string text)
    {
        var now = time.GetUtcNow();
        var line = string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd'T'HH:mm:ss'Z'} {level,-11} {UntrustedText.Clean(text)}\n");
        if (!string.IsNullOrEmpty(key))
        {
            line = line.Replace(key, "***", StringComparison.Ordinal);
        }

        lock (_gate)
        {
            try
            {
                Tidy(now);
                File.AppendAllText(Path.Combine(folder, $"{Prefix}{now.ToString(DayFormat, CultureInfo.InvariantCulture)}.log"), line);
            }
            catch (Exception)
            {
                // The image is more important than the log entry about it.
            }
        }
    }

    private void Tidy(DateTimeOffset now)
    {
        if (_isTidy)
        {
            return;
        }

        _isTidy = true;
        Directory.CreateDirectory(folder);
        var oldest = DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - Days);
        foreach (var file in Directory.EnumerateFiles(folder, Prefix + "*.log"))
        {
            var name = Path.GetFileNameWithoutExtension(file)[Prefix.Length..];
            if (DateOnly.TryParseExact(name, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < oldest)
            {
                File.Delete(file);
            }
        }
    }
}
