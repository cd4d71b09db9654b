using System.CommandLine;
using ImaNanoBanana.Cli.Commands.Journal;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Samples;

namespace ImaNanoBanana.Cli.CommandLine;

/// <summary>Defines the commands that read the journal of this machine. They need no API key.</summary>
internal static partial class CommandTree
{
    private static IEnumerable<Command> JournalCommands(Wording say, CliRunner run)
    {
        var limit = Number("--limit", say["number of submissions; default: 20", "显示条数；默认 20"], 1000000, say);
        var tasks = new Command("tasks", say["list the latest submissions and their tasks", "列出最近的请求及其任务"]) { limit };
        tasks.SetAction((parsed, token) => run(new TasksCommand(limit).RunAsync, parsed, token));

        var by = new Option<string>("--by")
        {
            HelpName = string.Join('|', UsageCommand.Groupings),
            Description = say["what to sum by; default: day", "汇总方式；默认按日"],
        };
        by.AcceptOnlyFromAmong([.. UsageCommand.Groupings]);
        var days = Number("--days", say["only the last N days", "仅统计最近 N 天"], 36500, say);
        var usage = new Command("usage", say["show how many credits were spent", "显示已消耗的积分"]) { by, days };
        usage.SetAction((parsed, token) => run(new UsageCommand(by, days).RunAsync, parsed, token));
        return [tasks, usage, Journal(say, run)];
    }

    private static Command Journal(Wording say, CliRunner run)
    {
        var all = new Option<bool>("--all") { Description = say["also finished submissions", "包括已结束的请求"] };
        var list = new Command("list", say["list submissions that need attention", "列出需要处理的请求"]) { all };
        var listing = new JournalListCommand(all);
        list.SetAction((parsed, token) => run(listing.RunAsync, parsed, token));

        var key = new Argument<string>("KEY") { Description = say["the idempotency key", "幂等键"] };
        var task = new Argument<string>("TASK_ID")
        {
            Description = say["the id of the task, as your account at https://imagent.bot shows it", "https://imagent.bot 账户中显示的任务 ID"],
        };
        var resolution = new JournalResolution(key, task);
        var attach = new Command("attach", say["the submission was charged: attach its task", "请求已扣费：关联其任务"]) { key, task };
        attach.SetAction((parsed, token) => run(resolution.AttachAsync, parsed, token));

        var remove = new Command(
            "remove", say["the submission was not charged: free its key", "请求未扣费：释放其幂等键"]) { key };
        remove.SetAction((parsed, token) => run(resolution.RemoveAsync, parsed, token));
        var journal = new Command("journal", say["list and resolve submissions with an unknown outcome", "列出并处理结果未知的请求"])
        {
            list, attach, remove,
        };
        journal.SetAction((parsed, token) => run(listing.RunAsync, parsed, token));
        return journal;
    }

    private static Option<int?> Number(string name, string description, int most, Wording say) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => NumberOption.Read(result, 1, most, say[$"{name} must be 1 to {most}.", $"{name} 的取值范围为 1 到 {most}。"]),
    };
}
