using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Preferences;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Setup;

/// <summary>Checks the files and folders that this run uses.</summary>
internal static class FolderChecks
{
    /// <summary>Reads the journal, because a folder that can be written can still contain files that cannot be read.</summary>
    public static async Task<CheckDocument> JournalAsync(Session session, CancellationToken cancellationToken)
    {
        var say = session.Say;
        var name = say["journal", "任务日志"];
        if (session.JournalFolder is not { } folder)
        {
            return new(name, null, say["this run uses none", "本次运行不使用"]);
        }

        if (!WritableFolder.Takes(folder))
        {
            return new(name, false, say[$"cannot write to {folder}", $"无法写入 {folder}"]);
        }

        try
        {
            var (unfinished, unknown) = (0, 0);
            await foreach (var entry in session.OpenJournal()!.ListAsync(new TaskJournalFilter(), cancellationToken))
            {
                unfinished += entry.IsPending ? 1 : 0;
                unknown += entry.IsUnknown ? 1 : 0;
            }

            return new(name, true, say[
                $"{folder} ({unfinished} to fetch, {unknown} with an unknown outcome)", $"{folder}（待取回 {unfinished}，结果未知 {unknown}）"]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(name, false, exception.Message);
        }
    }

    public static async Task<CheckDocument> PreferencesAsync(Session session, CancellationToken cancellationToken)
    {
        var say = session.Say;
        var name = say["preferences", "首选项"];
        var path = session.PreferencesPath;
        if (!WritableFolder.Takes(Path.GetDirectoryName(path)!))
        {
            return new(name, false, say[$"cannot write to {path}", $"无法写入 {path}"]);
        }

        try
        {
            return await new FileModelPreferences(path, session.Host.Time).CountUsersAsync(cancellationToken) is { } users
                ? new(name, true, say[$"{path} (users: {users})", $"{path}（用户数：{users}）"])
                : new(name, false, say[
                    $"{path} has another format and is not changed; rename it", $"{path} 的格式无法识别，不会被修改；请重命名该文件"]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(name, false, exception.Message);
        }
    }

    public static CheckDocument Logs(Session session)
    {
        var (name, folder) = (session.Say["logs", "日志"], session.Paths.Logs);
        return WritableFolder.Takes(folder)
            ? new(name, true, folder)
            : new(name, false, session.Say[$"cannot write to {folder}", $"无法写入 {folder}"]);
    }
}
