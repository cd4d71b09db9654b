using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ImaNanoBanana.Studio.Tests.Browser;

/// <summary>What the pages of a test reported as errors: the console, uncaught exceptions and the content security policy.</summary>
internal sealed class PageLog
{
    private const string ReportBlocked =
        "addEventListener('securitypolicyviolation', event => console.error(`Blocked by ${event.violatedDirective}: ${event.blockedURI}`))";

    private readonly ConcurrentQueue<string> _errors = new();
    private readonly List<(string Path, string Reason)> _allowed = [];

    /// <summary>The errors that the test has not allowed.</summary>
    public IEnumerable<string> Errors =>
        _errors.Where(error => !_allowed.Any(allowed =>
            error.Contains(allowed.Path, StringComparison.Ordinal) && error.Contains(allowed.Reason, StringComparison.Ordinal)));

    public static async Task<PageLog> ReadAsync(IBrowserContext context)
    {
        var log = new PageLog();
        context.Console += (_, message) => log.Add(message);
        context.WebError += (_, error) => log._errors.Enqueue($"Uncaught: {error.Error}");
        await context.AddInitScriptAsync(ReportBlocked);
        return log;
    }

    /// <summary>Allows the line that the browser itself writes about a request that failed.</summary>
    /// <param name="path">The path of the request.</param>
    /// <param name="reason">The status, or the name of the network error.</param>
    public void AllowFailed(string path, string reason) => _allowed.Add((path, reason));

    /// <summary>Allows that no request reaches the server.</summary>
    public void AllowNoServer() => AllowFailed("http://127.0.0.1", "net::ERR_");

    private void Add(IConsoleMessage message)
    {
        if (message.Type is "error" or "warning")
        {
            _errors.Enqueue($"{message.Type}: {message.Text} ({message.Location})");
        }
    }
}
