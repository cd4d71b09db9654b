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
    private readonly Dictionary<LineEnd, int> _ends = [];
    private decimal _credits;
    private decimal _creditsNow;
    private int _doneEarlier;
    private int _doneInPart;
    private int _failedImages;
    private int _missingImages;

    public int Done { get; private set; }

    public int Failed => Ended(LineEnd.ToRunAgain) + Ended(LineEnd.ToChange) + Ended(LineEnd.Unknown);

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

    private int ToChange => Ended(LineEnd.ToChange) + _doneInPart;

    /// <summary>Whether another run fetches or submits something. Lines that were not started count too.</summary>
    private bool CanContinue => Done + Ended(LineEnd.ToChange) + Ended(LineEnd.Unknown) < count || _missingImages > 0;

    /// <param name="result">The result. Images that are not in it were charged too.</param>
    /// <param name="isEarlier">Whether an earlier run submitted it.</param>
    public void Add(ImageResult result, bool isEarlier)
    {
        lock (_lock)
        {
            AddCredits(result.Task, isEarlier);
            Done++;
            _doneEarlier += isEarlier ? 1 : 0;
            _missingImages += result.MissingCount;
            if (result.MissingCount > 0)
            {
                _codes.Add(Running.ExitCode.Timeout);
            }

            _failedImages += result.Failures.Count;
            if (result.Failures.Count > 0)
            {
                _doneInPart++;
                _codes.Add(Running.ExitCode.Failed);
            }
        }
    }

    /// <param name="task">The task, if one was created. Its credits were spent.</param>
    /// <param name="failure">The failure.</param>
    /// <param name="isEarlier">Whether an earlier run submitted it.</param>
    public void Add(ImageTask? task, ErrorFacts failure, bool isEarlier)
    {
        lock (_lock)
        {
            AddCredits(task, isEarlier);
            var end = LineEnds.FromFailure(failure);
            _ends[end] = Ended(end) + 1;
            _codes.Add(failure.ExitCode);
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
            string[] parts =
            [
                Done == count
                    ? say[Text($"All {count} done"), Text($"{count} 项全部完成")]
                    : say[Text($"{Done} of {count} done"), Text($"已完成 {Done}/{count}")],
                Part(_doneEarlier, say[Text($", {_doneEarlier} of them earlier"), Text($"，其中 {_doneEarlier} 项此前已提交")]),
                _creditsNow == _credits && _doneEarlier == 0
                    ? say[Text($", {_credits} credits in all"), Text($"，共消耗 {_credits} 积分")]
                    : say[
                        Text($"; {_creditsNow} credits now, {_credits} in all"),
                        Text($"；本次消耗 {_creditsNow} 积分，累计 {_credits} 积分")],
                Part(Failed, say[Text($", {Failed} failed"), Text($"，失败 {Failed} 项")]),
                Charged(Ended(LineEnd.InProgress), "still in progress", "仍在生成", "项", say),
                Charged(_failedImages, "images failed", "失败图片", "张", say),
                Charged(_missingImages, "images not ready yet", "尚未就绪的图片", "张", say),
            ];
            return string.Concat(parts) + say[".", "。"];
        }
    }

    /// <returns>What to do if something is missing; empty if everything is done.</returns>
    public IEnumerable<string> Next(Session session, bool hasJournal)
    {
        if (Done == count && _codes.Count == 0)
        {
            return [];
        }

        var say = session.Say;
        var unknown = Ended(LineEnd.Unknown);
        string[] resolve = unknown == 0
            ? []
            : [say[
                $"Outcome unknown: {unknown}. These requests may have been charged. Another run does not submit them again. "
                    + "`ima journal list` shows how to resolve them.",
                $"结果未知：{unknown} 项。这些请求可能已扣费，再次运行不会重新提交它们。`ima journal list` 说明如何处理。"]];
        return
        [
            .. _suggestions.Select(suggestion => say[$"To do: {suggestion}", $"建议：{suggestion}"]),
            .. resolve,
            .. Again(session, hasJournal),
        ];
    }

    private IEnumerable<string> Again(Session session, bool hasJournal)
    {
        var say = session.Say;
        if (session.EndsWithProcess)
        {
            yield return say["The simulator and its tasks end with this program.", "模拟器会随本程序退出，其中的任务也随之结束。"];
            yield break;
        }

        if (!hasJournal)
        {
            yield return say["Without a journal, running it again is charged again.", "未使用任务日志，再次运行会重复扣费。"];
            yield break;
        }

        if (CanContinue)
        {
            yield return say[
                "Run the same command again to continue: only what is missing is submitted, and nothing is charged twice.",
                "再次运行同一命令即可继续：只提交缺少的部分，不会重复扣费。"];
        }

        if (ToChange > 0)
        {
            yield return say[
                $"Lines to change: {ToChange}. Without a change, they end the same way again. Another --name submits all lines again "
                    + "(charged).",
                $"需要修改的行：{ToChange}。不修改，再次运行的结果不变。更换 --name 会重新提交所有行（再次扣费）。"];
        }
    }

    private void AddCredits(ImageTask? task, bool isEarlier)
    {
        var credits = task?.Credits ?? 0;
        _credits += credits;
        _creditsNow += isEarlier ? 0 : credits;
    }

    private int Ended(LineEnd end) => _ends.GetValueOrDefault(end);

    private static string Charged(int number, string english, string chinese, string unit, Wording say) =>
        Part(number, say[Text($", {english}: {number} (charged)"), Text($"，{chinese} {number} {unit}（已扣费）")]);

    private static string Part(int number, string text) => number == 0 ? "" : text;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
