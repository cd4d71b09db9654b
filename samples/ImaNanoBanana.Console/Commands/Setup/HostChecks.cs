using System.Globalization;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Setup;

/// <summary>
/// Checks whether the hosts of the service answer, and compares the clock of this machine with theirs. Any answer is enough. No API key
/// is sent.
/// </summary>
internal static class HostChecks
{
    private static readonly Uri[] Hosts = [new("https://api.imastudio.com/"), new("https://imapi.liveme.com/")];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HarmlessSkew = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<CheckDocument>> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var say = session.Say;
        if (session.IsSimulated)
        {
            var reason = say["this run uses a simulator", "本次运行使用模拟器"];
            return [.. Hosts.Select(host => new CheckDocument(host.Host, null, reason)), new(say["clock", "时钟"], null, reason)];
        }

        var checks = new List<CheckDocument>();
        DateTimeOffset? there = null;
        foreach (var host in Hosts)
        {
            var (check, date) = await HostAsync(session, host, cancellationToken);
            checks.Add(check);
            there ??= date;
        }

        checks.Add(Clock(session, there));
        return checks;
    }

    private static async Task<(CheckDocument Check, DateTimeOffset? Date)> HostAsync(
        Session session, Uri host, CancellationToken cancellationToken)
    {
        using var http = session.Host.Service is { } service ? new HttpClient(service, disposeHandler: false) : new HttpClient();
        using var patience = new CancellationTokenSource(Patience, session.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, host);
            using var answer = await http.SendAsync(request, either.Token);
            return (new(host.Host, true, session.Say["reachable", "可以连接"]), answer.Headers.Date);
        }
        catch (Exception exception) when (
            exception is HttpRequestException || (exception is OperationCanceledException && patience.IsCancellationRequested))
        {
            var reason = exception is HttpRequestException ? exception.Message : session.Say["no response within 15 s", "15 秒内无响应"];
            return (new(host.Host, false, reason), null);
        }
    }

    private static CheckDocument Clock(Session session, DateTimeOffset? there)
    {
        var name = session.Say["clock", "时钟"];
        if (there is not { } time)
        {
            return new(name, null, session.Say["no answer of the service contained its time", "服务的响应中没有时间"]);
        }

        var skew = session.Host.Time.GetUtcNow() - time;
        var seconds = skew.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return new(name, skew.Duration() <= HarmlessSkew, session.Say[$"{seconds} s off", $"相差 {seconds} 秒"]);
    }
}
