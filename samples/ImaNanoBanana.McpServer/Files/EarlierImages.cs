using System.Collections.Concurrent;
using System.Globalization;
using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Submissions;

namespace ImaNanoBanana.Mcp.Files;

/// <summary>
/// Finds the images of earlier calls, so that an agent can edit them without copying their links. If it is not certain which image is
/// meant, nothing is submitted.
/// </summary>
internal sealed class EarlierImages(ImageService images, ServerSettings settings, TimeProvider time)
{
    private const string Parameter = "images";

    /// <summary>The keys of the submissions that this server answered about.</summary>
    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);

    /// <summary>Records that the agent knows a submission.</summary>
    public void Remember(string? idempotencyKey)
    {
        if (idempotencyKey is not null)
        {
            _known.TryAdd(idempotencyKey, 0);
        }
    }

    /// <returns>For each source image, the earlier image that it names; null for any other source image.</returns>
    public async Task<IReadOnlyList<EarlierImage?>> FindAsync(IReadOnlyList<string> sources, CancellationToken cancellationToken)
    {
        var found = new EarlierImage?[sources.Count];
        List<TaskJournalEntry>? journal = null;
        for (var index = 0; index < sources.Count; index++)
        {
            var text = sources[index].Trim();
            var isHandle = ImageTask.TryFromHandle(text, out var ofHandle);
            if (isHandle && !settings.IsRemote)
            {
                found[index] = new EarlierImage(ofHandle!, null);
                continue;
            }

            // A remote user names only their own tasks, which are in the journal.
            var (id, number) = isHandle ? (ofHandle!.Id, null) : EarlierImage.Split(text);
            if (id.Equals(EarlierImage.Last, StringComparison.OrdinalIgnoreCase))
            {
                found[index] = new EarlierImage(null, number);
            }
            else if (!id.Contains('/', StringComparison.Ordinal))
            {
                journal ??= await images.Client.Journal.ListAsync(cancellationToken).ToListAsync(cancellationToken);
                var entry = journal.Find(entry => entry.IdempotencyKey == id || entry.Task?.Id == id);
                found[index] = entry?.Task is { } task ? new EarlierImage(task, number) : null;
            }
        }

        return found;
    }

    /// <summary>
    /// Chooses the last image. A call that repeats the newest submission means the image that this submission used: otherwise a
    /// repeated call would edit its own result and be charged again.
    /// </summary>
    /// <param name="contentKey">The key that the call has with a task as its source.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ToolException">There is no last image, or it is not certain which one it is.</exception>
    public async Task<ImageTask> LastAsync(Func<ImageTask, Task<string>> contentKey, CancellationToken cancellationToken)
    {
        var journal = await images.Client.Journal.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        var now = await images.Client.Journal.GetTimeAsync(cancellationToken) ?? time.GetUtcNow();
        var isNew = _known.IsEmpty;
        var newest = journal
            .Where(entry => isNew
                ? entry.IdempotencyKey.StartsWith(ContentKey.Prefix, StringComparison.Ordinal)
                : _known.ContainsKey(entry.IdempotencyKey))
            .OrderByDescending(entry => entry.ClaimedAt)
            .ToList();
        for (var index = 0; index < newest.Count; index++)
        {
            var entry = newest[index];
            var source = newest.Skip(index + 1).FirstOrDefault(IsReady)?.Task;
            if (source is not null
                && ContentKey.Number(await contentKey(source), entry.IdempotencyKey) > 0
                && KeyChoice.IsRepeatable(entry, now, settings.RepeatWindow))
            {
                return source;
            }

            if (IsReady(entry))
            {
                return isNew ? throw Refused(NotOfThisServer(entry)) : entry.Task!;
            }

            if (entry.State is TaskJournalState.Accepted or TaskJournalState.Claimed)
            {
                throw Refused(settings.Say[
                    $"The last image, {entry.Task?.Id ?? entry.IdempotencyKey}, is not finished. Get it with get_image_task first.",
                    $"最近一张图片（{entry.Task?.Id ?? entry.IdempotencyKey}）尚未完成，请先用 get_image_task 取回。"]);
            }
        }

        throw Refused(settings.Say["There is no earlier image.", "没有之前的图片。"]);
    }

    /// <returns>The image, by its link.</returns>
    /// <exception cref="ToolException">The task has no such image, or several and none was named.</exception>
    public async Task<ImageInput> ReadAsync(ImageTask task, int? number, CancellationToken cancellationToken)
    {
        var status = await images.Client.GetStatusAsync(task, cancellationToken);
        if (status.Result is not { Images: { Count: > 0 } ready })
        {
            throw Refused(settings.Say[
                $"The task {Echo.Value(task.Id)} has no image to edit.", $"任务 {Echo.Value(task.Id)} 没有可编辑的图片。"]);
        }

        if (number is null && ready.Count > 1)
        {
            var choices = string.Join(
                ", ", Enumerable.Range(1, ready.Count).Select(one => string.Create(CultureInfo.InvariantCulture, $"{task.Id}#{one}")));
            throw Refused(settings.Say[
                $"The task has {ready.Count} images. Name one of them: {choices}.", $"该任务有 {ready.Count} 张图片，请指定其中一张：{choices}。"]);
        }

        var chosen = number ?? 1;
        return chosen >= 1 && chosen <= ready.Count
            ? ImageInput.FromUrl(ready[chosen - 1].Url.OriginalString)
            : throw Refused(settings.Say[
                $"The task {Echo.Value(task.Id)} has no image {chosen}; it has {ready.Count}.",
                $"任务 {Echo.Value(task.Id)} 没有第 {chosen} 张图片，共有 {ready.Count} 张。"]);
    }

    private static bool IsReady(TaskJournalEntry entry) => entry is { State: TaskJournalState.Completed, Task: not null };

    private string NotOfThisServer(TaskJournalEntry entry)
    {
        var submitted = entry.ClaimedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return settings.Say[
            $"This server has not answered with an image since it started. The newest image in the journal is {entry.Task!.Id}, "
                + $"submitted {submitted}: if it is meant, pass \"{entry.Task.Id}\".",
            $"此服务器启动后尚未返回过图片。任务日志中最新的图片是 {entry.Task.Id}（提交时间 {submitted}）；如果要用它，请传入“{entry.Task.Id}”。"];
    }

    private ToolException Refused(string reason) => new(new ErrorFacts
    {
        Kind = nameof(ImaErrorKind.InvalidRequest),
        Reason = reason,
        Suggestion = settings.Say[
            "Nothing was submitted. Pass a task_id, a link, or a file that this server may read.",
            "未提交请求。请传入 task_id、链接或此服务器可以读取的文件。"],
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.After,
        Parameter = Parameter,
    });
}
