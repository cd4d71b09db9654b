using System.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Journal;

/// <summary>
/// <c>ima journal attach</c> and <c>ima journal remove</c>: resolve an unknown outcome after the user has looked at the account. They
/// send nothing, and change no submission whose outcome is known.
/// </summary>
internal sealed class JournalResolution(Argument<string> key, Argument<string> task)
{
    /// <summary>A process that works on a submission renews its claim more often than this.</summary>
    private static readonly TimeSpan LongestClaim = TimeSpan.FromMinutes(3);

    public async Task<int> AttachAsync(Session session, CancellationToken cancellationToken)
    {
        var journal = JournalReader.Open(session);
        var entry = await UnknownAsync(session, journal, cancellationToken);
        var id = session.Parsed.GetRequiredValue(task).Trim();
        if (id.Length == 0 || (!ImageTask.TryFromHandle(id, out _) && (id.StartsWith('{') || id.Any(char.IsWhiteSpace))))
        {
            throw new StopException(ExitCode.Usage, session.Say[
                "The argument is neither a task handle nor a task id. Nothing was changed.", "该值既不是任务句柄，也不是任务 ID。未做任何更改。"]);
        }

        ImageTask attached;
        try
        {
            attached = await journal.AttachTaskAsync(entry.IdempotencyKey, id, cancellationToken);
        }
        catch (InvalidOperationException)
        {
            throw Changed(session);
        }

        Show(session, new(entry.IdempotencyKey, attached.Id, attached.ToHandle()), session.Say[
            $"The task {attached.Id} belongs to the key now. To get its images, run:\n  ima watch {ShellText.Quoted(attached.Id)}",
            $"任务 {attached.Id} 已关联到该幂等键。要取回图片，请运行：\n  ima watch {ShellText.Quoted(attached.Id)}"]);
        return ExitCode.Ok;
    }

    public async Task<int> RemoveAsync(Session session, CancellationToken cancellationToken)
    {
        var journal = JournalReader.Open(session);
        var entry = await UnknownAsync(session, journal, cancellationToken);
        if (!await journal.RemoveAsync(entry, cancellationToken))
        {
            throw Changed(session);
        }

        Show(session, new(entry.IdempotencyKey, null, null), session.Say[
            "The entry was removed. The next request with this key is submitted and charged.", "已删除该条目。使用此幂等键的下一个请求会提交并扣费。"]);
        return ExitCode.Ok;
    }

    /// <exception cref="StopException">The key is unknown, its outcome is known, or a process may still be working on it.</exception>
    private async Task<TaskJournalEntry> UnknownAsync(Session session, ITaskJournal journal, CancellationToken cancellationToken)
    {
        var name = session.Parsed.GetRequiredValue(key);
        var say = session.Say;
        var entry = await journal.FindAsync(name, cancellationToken) ?? throw new StopException(ExitCode.Usage, say[
            $"The journal does not contain the key '{name}'. `ima journal list` lists the keys.",
            $"任务日志中没有幂等键“{name}”。`ima journal list` 列出所有键。"]);
        if (!entry.IsUnknown)
        {
            throw new StopException(ExitCode.Usage, entry.Task is { } known
                ? say[
                    $"The outcome of '{name}' is known: its task is {known.Id}. Nothing was changed.",
                    $"“{name}”的结果已知：任务为 {known.Id}。未做任何更改。"]
                : say[$"The outcome of '{name}' is known. Nothing was changed.", $"“{name}”的结果已知。未做任何更改。"]);
        }

        var now = await journal.GetTimeAsync(cancellationToken) ?? session.Host.Time.GetUtcNow();
        return entry.State == TaskJournalState.Claimed && now - entry.ClaimedAt < LongestClaim
            ? throw new StopException(ExitCode.Usage, say[
                $"A program may still be submitting '{name}'. Wait 3 minutes and try again. Nothing was changed.",
                $"可能仍有程序正在提交“{name}”。请 3 分钟后再试。未做任何更改。"])
            : entry;
    }

    private static void Show(Session session, AttachedDocument document, string text)
    {
        if (session.IsJson)
        {
            session.Screen.Result(JsonLine.Serialize(document, json => json.AttachedDocument));
            return;
        }

        session.Screen.Result(text);
    }

    private static StopException Changed(Session session) => new(ExitCode.Failed, session.Say[
        "The entry was changed by another program in the meantime. Run `ima journal list`.", "该条目已被其他程序更改。请运行 `ima journal list`。"]);
}
