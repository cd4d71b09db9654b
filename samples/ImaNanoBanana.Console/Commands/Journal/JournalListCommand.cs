using System.CommandLine;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Journal;

/// <summary><c>ima journal list</c>: lists the submissions that need attention, and says how to resolve them.</summary>
internal sealed class JournalListCommand(Option<bool> all)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var entries = await JournalReader.NewestFirstAsync(JournalReader.Open(session), cancellationToken);
        var isAll = session.Parsed.GetValue(all);
        if (!isAll)
        {
            entries = [.. entries.Where(entry => entry.IsPending || entry.IsUnknown)];
        }

        JournalReader.Show(session, entries);
        var say = session.Say;
        if (entries.Count == 0)
        {
            session.Screen.Note(isAll
                ? say["The journal is empty.", "任务日志为空。"]
                : say["No submission needs attention.", "没有需要处理的请求。"]);
        }

        if (entries.FirstOrDefault(entry => entry.IsUnknown) is { } unknown)
        {
            var key = ShellText.Quoted(unknown.IdempotencyKey);
            session.Screen.Note(say[
                $"Unknown outcome: look at your account at https://imagent.bot. If the image was charged:\n"
                    + $"  ima journal attach {key} TASK_ID\nIf it was not charged, so that the key can be submitted again:\n"
                    + $"  ima journal remove {key}",
                $"结果未知：请在 https://imagent.bot 查看账户记录。如果已扣费：\n  ima journal attach {key} 任务ID\n"
                    + $"如果未扣费，以下命令可释放该幂等键：\n  ima journal remove {key}"]);
        }

        return ExitCode.Ok;
    }
}
