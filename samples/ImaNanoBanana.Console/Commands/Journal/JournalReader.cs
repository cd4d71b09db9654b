using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Journal;

/// <summary>Reads the journal for the commands that list it. They need no API key and send nothing.</summary>
internal static class JournalReader
{
    /// <returns>The journal.</returns>
    /// <exception cref="StopException">This run has no journal.</exception>
    public static ITaskJournal Open(Session session) => session.OpenJournal() ?? throw new StopException(ExitCode.Usage, session.Say[
        "This run has no journal: the built-in simulator and --no-journal keep none.",
        "本次运行没有任务日志：内置模拟器和 --no-journal 不保留日志。"]);

    /// <returns>All entries, those that were claimed last first.</returns>
    public static async Task<List<TaskJournalEntry>> NewestFirstAsync(ITaskJournal journal, CancellationToken cancellationToken)
    {
        var entries = new List<TaskJournalEntry>();
        await foreach (var entry in journal.ListAsync(cancellationToken))
        {
            entries.Add(entry);
        }

        entries.Reverse();
        return entries;
    }

    /// <summary>Shows entries as a table or as JSON.</summary>
    public static void Show(Session session, IReadOnlyList<TaskJournalEntry> entries)
    {
        if (session.IsJson)
        {
            session.Screen.Result(JsonLine.Serialize<IReadOnlyList<SubmissionDocument>>(
                [.. entries.Select(SubmissionDocument.FromEntry)], json => json.IReadOnlyListSubmissionDocument));
            return;
        }

        var say = session.Say;
        if (entries.Count > 0)
        {
            session.Screen.Table(
                [
                    say["submitted (UTC)", "提交时间（UTC）"], say["state", "状态"], say["credits", "积分"], say["model", "模型"],
                    say["size", "尺寸"], say["task", "任务"], say["key", "幂等键"],
                ],
                entries.Select(entry => Row(entry, say)));
        }
    }

    private static IReadOnlyList<string> Row(TaskJournalEntry entry, Wording say)
    {
        var shown = SubmissionDocument.FromEntry(entry);
        return
        [
            entry.ClaimedAt.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
            State(entry, say),
            shown.Credit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?",
            shown.ModelId ?? "?",
            shown.Size ?? "",
            shown.TaskId ?? "?",
            shown.IdempotencyKey,
        ];
    }

    private static string State(TaskJournalEntry entry, Wording say) => entry.State switch
    {
        TaskJournalState.Accepted => say["to fetch", "待取回"],
        TaskJournalState.Completed => say["delivered", "已交付"],
        TaskJournalState.Failed => say["failed", "失败"],
        _ => say["unknown", "未知"],
    };
}
