namespace ImaNanoBanana.Mcp.Answers;

/// <summary>What an answer says of a task. Pure.</summary>
internal static class TaskAnswers
{
    private const int Soonest = 5;
    private const int Latest = 30;

    /// <returns>A running task; whoever knows more adds it.</returns>
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

    /// <returns>When it is worth while to ask again: in 5 to 30 seconds.</returns>
    public static int AskAgainIn(TimeSpan? minExpectedDuration, TimeSpan elapsed) =>
        (int)Math.Clamp(Math.Ceiling(((minExpectedDuration ?? TimeSpan.Zero) - elapsed).TotalSeconds), Soonest, Latest);

    /// <returns>What to heed about a task that is bought; empty where there is nothing.</returns>
    public static List<string> Warnings(ImageTask task, Wording say) => task.JournalFailed
        ? [say["The purchase could not be written down: keep the handle.", "无法写入购买记录：请保留句柄。"]]
        : [];

    public static IReadOnlyList<string>? Adjustments(IReadOnlyList<ImageAdjustment> adjustments, Wording say) => adjustments.Count == 0
        ? null
        : [.. adjustments.Select(change => say[
            $"Changed: {change.Parameter} {change.From} -> {change.To}",
            $"已调整：{change.Parameter} {change.From} -> {change.To}"])];
}
