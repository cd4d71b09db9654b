using System.CommandLine;
using System.Globalization;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Commands.Journal;

/// <summary><c>ima usage</c>: sums the credits of the submissions of this machine.</summary>
internal sealed class UsageCommand(Option<string> by, Option<int?> days)
{
    private const string Model = "model";
    private const string Tag = "tag";

    public const string Day = "day";

    public static IReadOnlyList<string> Groupings => [Day, Model, Tag];

    public async Task<int> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var journal = JournalReader.Open(session);
        var grouping = session.Parsed.GetValue(by) ?? Day;
        DateTimeOffset? since = null;
        if (session.Parsed.GetValue(days) is { } count)
        {
            var now = await journal.GetTimeAsync(cancellationToken) ?? session.Host.Time.GetUtcNow();
            since = now.AddDays(-count);
        }

        var usage = await journal.GetUsageAsync(
            since,
            grouping switch
            {
                Model => ImageUsageGrouping.Model,
                Tag => ImageUsageGrouping.Tag,
                _ => ImageUsageGrouping.Day,
            },
            cancellationToken);
        if (session.IsJson)
        {
            session.Screen.Result(JsonLine.Serialize(UsageDocument.FromUsage(usage, grouping, since), json => json.UsageDocument));
            return ExitCode.Ok;
        }

        Show(session, usage, grouping);
        return ExitCode.Ok;
    }

    private static void Show(Session session, ImageUsage usage, string grouping)
    {
        var say = session.Say;
        var head = grouping switch
        {
            Model => say["model", "模型"],
            Tag => say["tag", "标签"],
            _ => say["day (UTC)", "日期（UTC）"],
        };
        session.Screen.Table(
            [
                head, say["submissions", "请求"], say["images", "图片"], say["credits", "积分"], say["failed", "失败"],
                say["unknown outcome", "结果未知"], say["its credits", "其积分"],
            ],
            usage.Groups.Select(group => Row(group.Key, group)).Append(Row(say["total", "合计"], usage.Total)));
        session.Screen.Note(say[
            "Source: the journal of this machine. It keeps finished submissions for 30 days.", "来源：本机任务日志，已结束的请求保留 30 天。"]);
    }

    private static IReadOnlyList<string> Row(string name, ImageUsageGroup group) =>
    [
        name.Length == 0 ? "-" : name,
        Text(group.Submissions),
        Text(group.Images),
        Text(group.Credits),
        Text(group.FailedSubmissions),
        Text(group.UnknownSubmissions),
        Text(group.UnknownCredits),
    ];

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
