using System.Globalization;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Counts the outcomes of a batch, and describes what to do next. Thread-safe.</summary>
/// <param name="count">The number of requests.</param>
internal sealed class BatchTotals(int count)
{
    private readonly object _lock = new();
    private readonly List<string> _suggestions = [];
    private readonly HashSet<int> _codes = [];
    private int _unknown;

    public int Done { get; private set; }

    public int Failed { get; private set; }

    public decimal Credits { get; private set; }

    /// <summary>The code of the failures if they have the same one. An unknown outcome takes precedence.</summary>
    public int ExitCode
    {
        get
        {
            if (_codes.Contains(Running.ExitCode.OutcomeUnknown))
            {
                return Running.ExitCode.OutcomeUnknown;
            }

            return _codes.Count switch
            {
                0 => Running.ExitCode.Ok,
                1 => _codes.Single(),
                _ => Running.ExitCode.Failed,
            };
        }
    }

    /// <param name="task">The task, if one was created. Its credits were spent.</param>
    /// <param name="failure">The failure, or null for a result.</param>
    public void Add(ImageTask? task, ErrorFacts? failure)
    {
        lock (_lock)
        {
            Credits += task?.Credits ?? 0;
            if (failure is null)
            {
                Done++;
                return;
            }

            Failed++;
            _codes.Add(failure.ExitCode);
            _unknown += failure.ExitCode == Running.ExitCode.OutcomeUnknown ? 1 : 0;
            if (failure.Suggestion is { Length: > 0 } suggestion && !_suggestions.Contains(suggestion))
            {
                _suggestions.Add(suggestion);
            }
        }
    }

    public string Summary(Wording say)
    {
        lock (_lock)
        {
            if (Done == count)
            {
                return say[Text($"All {count} done, {Credits} credits in all."), Text($"{count} 项全部完成，共消耗 {Credits} 积分。")];
            }

            var failed = Failed == 0 ? "" : say[Text($", {Failed} failed"), Text($"，失败 {Failed} 项")];
            return say[
                Text($"{Done} of {count} done, {Credits} credits in all{failed}."),
                Text($"已完成 {Done}/{count}，共消耗 {Credits} 积分{failed}。")];
        }
    }

    /// <returns>What to do if something is missing; empty if everything is done.</returns>
    public IEnumerable<string> Next(Session session, bool hasJournal)
    {
        if (Done == count)
        {
            return [];
        }

        var say = session.Say;
        string[] unknown = _unknown == 0
            ? []
            : [say[
                $"Outcome unknown: {_unknown}. These requests may have been charged. Another run does not submit them again. "
                    + "`ima journal list` shows how to resolve them.",
                $"结果未知：{_unknown} 项。这些请求可能已扣费，再次运行不会重新提交它们。`ima journal list` 说明如何处理。"]];
        return
        [
            .. _suggestions.Select(suggestion => say[$"To do: {suggestion}", $"建议：{suggestion}"]),
            .. unknown,
            Again(session, hasJournal),
        ];
    }

    private static string Again(Session session, bool hasJournal)
    {
        if (session.EndsWithProcess)
        {
            return session.Say["The simulator and its tasks end with this program.", "模拟器会随本程序退出，其中的任务也随之结束。"];
        }

        return hasJournal
            ? session.Say[
                "Run the same command again to continue: only what is missing is submitted, and nothing is charged twice.",
                "再次运行同一命令即可继续：只提交缺少的部分，不会重复扣费。"]
            : session.Say["Without a journal, running it again is charged again.", "未使用任务日志，再次运行会重复扣费。"];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
