using System.Globalization;
using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;
using Spectre.Console;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>
/// Shows a batch on a terminal: a line for each finished request, and below them a bar for each request in progress and the totals.
/// Thread-safe, because requests progress at the same time.
/// </summary>
internal sealed class BatchBoard(Session session, IReadOnlyList<BatchItem> items, BatchTotals totals)
{
    /// <summary>More bars than this would fill the screen.</summary>
    private const int MostBars = 8;
    private const int ShortestPrompt = 12;
    private const int LongestPrompt = 40;

    /// <summary>The cells for seconds, credits and a short path.</summary>
    private const int FactCells = 46;

    private readonly object _lock = new();
    private readonly SortedDictionary<int, ImageProgress> _running = [];
    private readonly int _digits = Number(items.Count).Length;

    private readonly Dictionary<string, int> _numbers =
        items.Select((item, index) => KeyValuePair.Create(item.Request.IdempotencyKey!, index + 1)).ToDictionary();

    private Wording Say => session.Say;

    /// <summary>The cells of "1/12" and the gap after it.</summary>
    private int Indent => (2 * _digits) + "/".Length + "  ".Length;

    private int PromptCells => Math.Clamp(session.Screen.LineWidth - Indent - FactCells, ShortestPrompt, LongestPrompt);

    /// <summary>Shows the progress of a request that is not finished yet.</summary>
    public void Show(string idempotencyKey, ImageProgress progress)
    {
        lock (_lock)
        {
            if (progress.Stage != ImageStage.Completed && _numbers.TryGetValue(idempotencyKey, out var number))
            {
                _running[number] = progress;
                Draw();
            }
        }
    }

    /// <summary>Shows the result of a request in place of its bar.</summary>
    public void Finish(int number, ResultDocument result)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{result.ElapsedSeconds,3:0}");
        var credits = string.Create(CultureInfo.InvariantCulture, $"{result.Credit,4}");
        var head = Head(number) + Say[$"  {seconds} s  {credits} credits", $"  {seconds} 秒  {credits} 积分"];
        var paths = result.Files.Count > 0 ? result.Files.Select(file => session.Host.Shown(file.Path)).ToList() : [.. result.Urls];
        var isOneLine = paths.Count == 1 && $"{head}  {paths[0]}".GetCellWidth() <= session.Screen.LineWidth;
        Replace(
            number,
            [
                .. isOneLine ? [$"{head}  {paths[0]}"] : paths.Select(path => new string(' ', Indent) + path).Prepend(head),
                .. result.Failures.SelectMany(reason => Below(Say[$"failed: {reason}", $"失败：{reason}"])),
                .. result.Adjustments.SelectMany(change => Below(Say[
                    $"note: {change.Parameter} {change.From} was changed to {change.To}",
                    $"注意：{change.Parameter} 已由 {change.From} 改为 {change.To}"])),
                .. result.Notes.SelectMany(note => Below(Say[$"note: {note}", $"注意：{note}"])),
            ]);
    }

    /// <summary>Shows the failure of a request in place of its bar.</summary>
    public void Finish(int number, ErrorFacts failure)
    {
        var reason = failure.Reason is { Length: > 0 } text ? text : failure.Message;
        var spent = failure.Charge == nameof(ImaChargeStatus.Charged) ? Say[" (credits were spent)", "（已消耗积分）"] : "";
        Replace(number, [Head(number), .. Below(Say[$"FAILED: {reason}{spent}", $"失败：{reason}{spent}"])]);
    }

    /// <summary>Removes the bars.</summary>
    public void End()
    {
        lock (_lock)
        {
            _running.Clear();
            session.Screen.EraseLive();
        }
    }

    private void Replace(int number, IReadOnlyList<string> lines)
    {
        lock (_lock)
        {
            _running.Remove(number);
            session.Screen.EraseLive();
            session.Screen.Result(string.Join('\n', lines.Select(line => line.TrimEnd())));
            Draw();
        }
    }

    private void Draw()
    {
        if (!session.Screen.IsLive)
        {
            return;
        }

        var more = _running.Count - MostBars;
        session.Screen.Live(
        [
            .. _running.Take(MostBars).Select(running => InProgress(running.Key, running.Value)),
            .. more > 0 ? [Say[$"... and {Number(more)} more", $"……另有 {Number(more)} 项"]] : Array.Empty<string>(),
            $"{Bar.Draw(totals.Done + totals.Failed, items.Count)} {totals.Summary(Say)}",
        ]);
    }

    private string InProgress(int number, ImageProgress progress)
    {
        var percent = string.Create(CultureInfo.InvariantCulture, $"{progress.Percent ?? 0,3} %");
        return $"{Position(number)}  {Bar.Draw(progress.Percent ?? 0, 100)} {percent}  {Prompt(number)}";
    }

    private string Head(int number) => $"{Position(number)}  {Cells.Pad(Cells.Shorten(Prompt(number), PromptCells), PromptCells)}";

    private string Position(int number) => $"{Number(number).PadLeft(_digits)}/{Number(items.Count)}";

    private string Prompt(int number) => items[number - 1].Line.Prompt.ReplaceLineEndings(" ");

    private IEnumerable<string> Below(string text) =>
        Cells.WrapLabelled(text, Math.Max(ShortestPrompt, session.Screen.LineWidth - Indent)).Select(
            line => new string(' ', Indent) + line);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
