using System.Globalization;

namespace ImaNanoBanana.Cli.Output;

/// <summary>
/// Shows the progress of an image: on a terminal, one line that changes; elsewhere, a line for each stage and every ten seconds.
/// </summary>
internal sealed class ProgressLines(Screen screen, Wording say)
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(10);

    private TimeSpan _nextLine = BetweenLines;

    public void Show(ImageProgress progress)
    {
        switch (progress.Stage)
        {
            case ImageStage.Preparing:
                screen.Note(say["Reading the product list", "正在读取产品列表"]);
                break;
            case ImageStage.Uploading:
                screen.Note(say["Uploading the source images", "正在上传参考图片"]);
                break;
            case ImageStage.Submitting:
                screen.Note(say[Text($"Submitting for {progress.Credits} credits"), Text($"正在提交请求，{progress.Credits} 积分")]);
                foreach (var adjustment in progress.Adjustments)
                {
                    screen.Note(Changed(adjustment, say));
                }

                break;
            case ImageStage.Accepted:
                screen.Note(say[$"Accepted as task {progress.Task!.Id}", $"已扣费，任务 {progress.Task!.Id}"]);
                break;
            case ImageStage.Generating when screen.IsLive:
                screen.Live(Percent(progress.Percent) + Waiting(progress));
                break;
            case ImageStage.Generating when progress.Elapsed >= _nextLine:
                screen.Note(Waiting(progress));
                _nextLine = progress.Elapsed + BetweenLines;
                break;
            case ImageStage.Completed when screen.IsLive:
                screen.Live(Percent(100) + Ready(progress));
                break;
            case ImageStage.Completed:
                screen.Note(Ready(progress));
                break;
            default:
                break;
        }
    }

    public static string Changed(ImageAdjustment adjustment, Wording say) => say[
        $"Note: {adjustment.Parameter} {adjustment.From} was changed to {adjustment.To}",
        $"注意：{adjustment.Parameter} 已由 {adjustment.From} 改为 {adjustment.To}"];

    private string Ready(ImageProgress progress) =>
        say[Text($"Ready after {progress.Elapsed.TotalSeconds:0} s"), Text($"已完成，用时 {progress.Elapsed.TotalSeconds:0} 秒")];

    private string Waiting(ImageProgress progress)
    {
        var percent = progress.Percent is { } part ? Text($" {part} %") : "";
        var (least, most) = (progress.Task?.MinExpectedDuration, progress.Task?.MaxExpectedDuration);
        var expected = (least, most) switch
        {
            (_, null) => "",
            (null, _) => say[Text($", expected up to {most.Value.TotalSeconds:0} s"), Text($"，预计最长 {most.Value.TotalSeconds:0} 秒")],
            _ => say[
                Text($", expected {least.Value.TotalSeconds:0} to {most.Value.TotalSeconds:0} s"),
                Text($"，预计 {least.Value.TotalSeconds:0} 至 {most.Value.TotalSeconds:0} 秒")],
        };
        var elapsed = say[Text($"{progress.Elapsed.TotalSeconds:0} s"), Text($"已等待 {progress.Elapsed.TotalSeconds:0} 秒")];
        return say["Generating", "正在生成"] + percent + say[", ", "，"] + elapsed + expected;
    }

    private static string Percent(int? percent) => Bar.Draw(percent ?? 0, 100) + " ";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
