namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Creates the parts of an answer that describe a task. Pure.</summary>
internal static class TaskAnswers
{
    private const int Soonest = 5;
    private const int Latest = 30;

    /// <returns>An answer for a running task. The caller adds what else it knows.</returns>
    public static ImageAnswer FromTask(ImageTask task, bool isSimulated) => new()
    {
        Status = ImageAnswer.Running,
        Simulated = isSimulated,
        Credits = task.Credits,
        CreditsSpent = CreditsSpent.Yes,
        TaskId = task.Id,
        Handle = task.ToHandle(),
        IdempotencyKey = task.IdempotencyKey,
        Model = task.Model?.Id,
        ModelName = task.ModelName,
        Size = task.Size?.Value,
        AspectRatio = task.AspectRatio?.Value,
        Count = task.Count,
    };

    /// <returns>After how many seconds to ask again, from 5 to 30.</returns>
    public static int AskAgainIn(TimeSpan? minExpectedDuration, TimeSpan elapsed) =>
        (int)Math.Clamp(Math.Ceiling(((minExpectedDuration ?? TimeSpan.Zero) - elapsed).TotalSeconds), Soonest, Latest);

    /// <returns>The warnings about a charged task; empty if there are none.</returns>
    public static List<string> Warnings(ImageTask task, Wording say) => task.JournalFailed
        ? [say["The task could not be written to the journal. Keep its id.", "无法写入任务日志，请保存任务 ID。"]]
        : [];

    public static IReadOnlyList<string>? Adjustments(IReadOnlyList<ImageAdjustment> adjustments, Wording say) => adjustments.Count == 0
        ? null
        : [.. adjustments.Select(change => change.Kind == ImageAdjustmentKind.Size8KTo4K
            ? say["Changed: 8K is not offered, the most is 4K.", "已调整：不提供 8K，最高 4K。"]
            : say[
                $"Changed: {change.Parameter} {change.From} -> {change.To}",
                $"已调整：{change.Parameter} 由 {change.From} 改为 {change.To}"])];
}
