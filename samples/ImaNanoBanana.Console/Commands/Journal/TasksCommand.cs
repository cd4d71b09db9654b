using System.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Journal;

/// <summary><c>ima tasks</c>: lists the latest submissions of this machine.</summary>
internal sealed class TasksCommand(Option<int?> limit)
{
    public const int DefaultLimit = 20;

    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var entries = await JournalReader.NewestFirstAsync(JournalReader.Open(session), cancellationToken);
        var shown = entries.Take(session.Parsed.GetValue(limit) ?? DefaultLimit).ToList();
        JournalReader.Show(session, shown);
        var say = session.Say;
        if (entries.Count == 0)
        {
            session.Screen.Note(say["There are no tasks.", "没有任务。"]);
        }
        else if (shown.Count < entries.Count)
        {
            session.Screen.Note(say[
                $"{shown.Count} of {entries.Count} submissions; use --limit N for more.",
                $"显示 {shown.Count} 条，共 {entries.Count} 条；可用 --limit N 显示更多。"]);
        }

        Hint(session, entries);
        return ExitCode.Ok;
    }

    private static void Hint(Session session, IReadOnlyList<TaskJournalEntry> entries)
    {
        if (entries.Any(entry => entry.IsPending))
        {
            session.Screen.Note(session.Say["`ima resume` fetches the images that are to fetch.", "`ima resume` 可取回待取回的图片。"]);
        }

        if (entries.Any(entry => entry.IsUnknown))
        {
            session.Screen.Note(session.Say[
                "`ima journal list` shows how to resolve an unknown outcome.", "`ima journal list` 说明如何处理未知结果。"]);
        }
    }
}
