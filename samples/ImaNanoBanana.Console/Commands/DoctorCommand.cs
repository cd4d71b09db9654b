using System.Globalization;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands;

/// <summary><c>ima doctor</c>: checks what a submission requires. It submits and uploads nothing.</summary>
internal sealed class DoctorCommand
{
    private const int ShownLetters = 4;
    private static readonly Uri[] Hosts = [new("https://api.imastudio.com/"), new("https://imapi.liveme.com/")];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HarmlessSkew = TimeSpan.FromMinutes(2);

    /// <returns>0 if all checks succeed; 4 if the API key is missing or was rejected; otherwise 1.</returns>
    public static async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var say = session.Say;
        var (catalog, isRefused) = await CatalogAsync(session, cancellationToken);
        var key = Key(session);
        List<CheckDocument> checks = [
            key.Ok && isRefused && !session.HasClient ? key with { Ok = false, Detail = catalog.Detail } : key, catalog];
        if (!session.IsSimulated)
        {
            foreach (var host in Hosts)
            {
                checks.AddRange(await HostAsync(session, host, cancellationToken));
            }
        }

        checks.Add(Folder(say["journal", "任务日志"], session.Paths.Journal, say));
        checks.Add(Folder(say["preferences", "首选项"], Path.GetDirectoryName(session.Paths.Preferences)!, say));
        checks.Add(Folder(say["logs", "日志"], session.Paths.Logs, say));
        if (session.IsJson)
        {
            session.Screen.Result(JsonLine.Serialize<IReadOnlyList<CheckDocument>>(checks, json => json.IReadOnlyListCheckDocument));
        }
        else
        {
            session.Screen.Result(
                [.. checks.Select(
                    check => (check.Check, $"{(check.Ok ? say["ok    ", "正常  "] : say["FAILED", "失败  "])}  {check.Detail}"))]);
        }

        if (checks.All(check => check.Ok))
        {
            return ExitCode.Ok;
        }

        if (session.Key is null || isRefused)
        {
            return ExitCode.Key;
        }

        return ExitCode.Failed;
    }

    private static CheckDocument Key(Session session)
    {
        var name = session.Say["key", "密钥"];
        if (session.Key is { } key)
        {
            return new(name, true, Masked(key.Trim()));
        }

        if (session.IsSimulated)
        {
            return new(name, true, session.Say["none; not needed for the simulator", "未设置；模拟器不需要密钥"]);
        }

        return new(name, false, session.Say["none; set IMA_API_KEY", "未设置；请设置 IMA_API_KEY"]);
    }

    /// <returns>The check of the product list, and whether it failed because of the API key.</returns>
    private static async Task<(CheckDocument Check, bool IsRefused)> CatalogAsync(Session session, CancellationToken cancellationToken)
    {
        var name = session.Say["product list", "产品列表"];
        try
        {
            var models = await session.Client.ListModelsAsync(cancellationToken: cancellationToken);
            var prices = models.Sum(model => model.Prices.Count);
            return (
                new(name, prices > 0, session.Say[$"{models.Count} models, {prices} prices", $"{models.Count} 个模型，{prices} 个价格"]), false);
        }
        catch (ImaException exception)
        {
            return (new(name, false, exception.Message), exception.Kind == ImaErrorKind.Unauthorized);
        }
        catch (StopException exception)
        {
            return (new(name, false, exception.Message), exception.ExitCode == ExitCode.Key);
        }
    }

    /// <summary>Checks the host and its clock. Any response is enough. No API key is sent.</summary>
    private static async Task<IEnumerable<CheckDocument>> HostAsync(Session session, Uri host, CancellationToken cancellationToken)
    {
        using var http = session.Host.Service is { } service ? new HttpClient(service, disposeHandler: false) : new HttpClient();
        using var patience = new CancellationTokenSource(Patience, session.Host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, host);
            using var answer = await http.SendAsync(request, either.Token);
            var reached = new CheckDocument(host.Host, true, session.Say["reachable", "可以连接"]);
            return answer.Headers.Date is { } there ? [reached, Clock(session, there)] : [reached];
        }
        catch (Exception exception) when (
            exception is HttpRequestException || (exception is OperationCanceledException && patience.IsCancellationRequested))
        {
            var reason = exception is HttpRequestException ? exception.Message : session.Say["no response within 15 s", "15 秒内无响应"];
            return [new(host.Host, false, reason)];
        }
    }

    private static CheckDocument Clock(Session session, DateTimeOffset there)
    {
        var skew = session.Host.Time.GetUtcNow() - there;
        var seconds = skew.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return new(session.Say["clock", "时钟"], skew.Duration() <= HarmlessSkew, session.Say[$"{seconds} s off", $"相差 {seconds} 秒"]);
    }

    private static CheckDocument Folder(string name, string folder, Wording say) => WritableFolder.Takes(folder)
        ? new(name, true, folder)
        : new(name, false, say[$"cannot write to {folder}", $"无法写入 {folder}"]);

    private static string Masked(string key) => key.Length > 3 * ShownLetters ? $"{key[..ShownLetters]}...{key[^ShownLetters..]}" : "...";
}
