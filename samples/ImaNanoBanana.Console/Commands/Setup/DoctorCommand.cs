using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Setup;

/// <summary><c>ima doctor</c>: checks what a submission requires. It submits and uploads nothing.</summary>
internal static class DoctorCommand
{
    /// <returns>0 if no check fails; 4 if the API key is missing or was rejected; otherwise 1.</returns>
    public static async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var (catalog, isRefused) = await KeyChecks.CatalogAsync(session, cancellationToken);
        var key = KeyChecks.Key(session);
        List<CheckDocument> checks = [
            key.Ok == true && isRefused && !session.HasClient ? key with { Ok = false, Detail = catalog.Detail } : key,
            catalog,
            .. await HostChecks.RunAsync(session, cancellationToken),
            await FolderChecks.JournalAsync(session, cancellationToken),
            await FolderChecks.PreferencesAsync(session, cancellationToken),
            FolderChecks.Logs(session)];
        Show(session, checks);
        if (checks.All(check => check.Ok != false))
        {
            return ExitCode.Ok;
        }

        return key.Ok == false || isRefused ? ExitCode.Key : ExitCode.Failed;
    }

    private static void Show(Session session, IReadOnlyList<CheckDocument> checks)
    {
        if (session.IsJson)
        {
            session.Screen.Result(JsonLine.Serialize(checks, json => json.IReadOnlyListCheckDocument));
            return;
        }

        var say = session.Say;
        session.Screen.Result([.. checks.Select(check => (check.Check, $"{State(check.Ok, say)}  {check.Detail}"))]);
    }

    private static string State(bool? isOk, Wording say) => isOk switch
    {
        true => say["ok         ", "正常  "],
        false => say["FAILED     ", "失败  "],
        null => say["not checked", "未检查"],
    };
}
