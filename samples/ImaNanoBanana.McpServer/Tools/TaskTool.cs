using ImaNanoBanana.Mcp.Answers;
using ImaNanoBanana.Mcp.Files;
using ImaNanoBanana.Mcp.Submissions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ImaNanoBanana.Mcp.Tools;

/// <summary><c>get_image_task</c>: gets a task of this process or another one. It spends no credits.</summary>
internal sealed class TaskTool(
    Tool tool,
    ImageService images,
    SubmissionService desk,
    TaskFollower follower,
    EarlierImages earlier,
    ServerSettings settings,
    TimeProvider time)
    : ImageTool<TaskArguments>(tool, ServerJson.Default.TaskArguments, images, settings)
{
    /// <value>200 characters: no id of the service and no key is longer.</value>
    private const int MostOfId = 200;

    private readonly ImageService _images = images;
    private readonly ServerSettings _settings = settings;

    protected override async Task<(ImageAnswer Answer, IReadOnlyList<ContentBlock> Blocks)> RunAsync(
        TaskArguments arguments, RequestContext<CallToolRequestParams> call, CancellationToken cancellationToken)
    {
        using var budget = new CallBudget(_settings.Wait, arguments.WaitSeconds, time, cancellationToken, CallBudget.OneStatusRequest);
        var (text, progress) = (arguments.Text(), new CallProgress(call));
        var delivered = text.Length == 0 ? await follower.ListAsync(budget.Preparing)
            : !ImageTask.TryFromHandle(text, out var task) ? await FollowAsync(text, budget, progress, cancellationToken)
            : _settings.IsRemote ? await FollowAsync(task.Id, budget, progress, cancellationToken)
            : await follower.FollowAsync(task, budget, progress, cancellationToken);
        earlier.Remember(delivered.Answer.IdempotencyKey);
        return (delivered.Answer, delivered.Blocks);
    }

    private async Task<Delivered> FollowAsync(
        string text, CallBudget budget, CallProgress progress, CancellationToken cancellationToken)
    {
        if (text.Length > MostOfId || text.Any(char.IsWhiteSpace) || text.StartsWith('{'))
        {
            throw new ToolException(new ErrorFacts
            {
                Kind = nameof(ImaErrorKind.InvalidRequest),
                Reason = Say["This is not a handle, task_id or idempotency_key.", "传入的值不是句柄、任务 ID 或幂等键。"],
                Suggestion = Say["Pass the value from an earlier answer, or omit it to list the tasks.", "请传入先前结果中的值；不传入任何值时列出任务。"],
                CreditsSpent = CreditsSpent.No,
                Retry = RetryWord.Never,
                Parameter = "handle",
            });
        }

        if (desk.Running(text) is { } submission)
        {
            return await follower.FollowAsync(text, submission, null, budget, progress, cancellationToken);
        }

        await foreach (var entry in _images.Client.Journal.ListAsync(cancellationToken))
        {
            if (entry.IdempotencyKey == text || entry.Task?.Id == text)
            {
                return await follower.FollowAsync(entry.IdempotencyKey, null, null, budget, progress, cancellationToken);
            }
        }

        // All users have one API key, with which the service answers about every task. A remote user gets only their own.
        return _settings.IsRemote || text.StartsWith(ContentKey.Prefix, StringComparison.Ordinal)
            ? throw new ToolException(NotInJournal(text))
            : await follower.FollowAsync(new ImageTask(text), budget, progress, cancellationToken);
    }

    /// <summary>
    /// It is unknown whether it was charged: a rejected submission leaves no entry, and an old one or one in another journal has none
    /// here.
    /// </summary>
    private ErrorFacts NotInJournal(string idempotencyKey) => new()
    {
        Kind = "NotFound",
        Reason = Say[
            $"The journal has no entry for {Echo.Value(idempotencyKey)}.",
            $"任务日志中没有 {Echo.Value(idempotencyKey)} 的记录。"],
        Suggestion = Say[
            "A rejected submission leaves no entry. An old submission, or one in another journal, may have been charged. Ask the person "
                + "to check the account history (https://imagent.bot). If the image is still needed, call generate_image or edit_image.",
            "被拒绝的请求不会留下记录；很久以前的请求或其他任务日志中的请求可能已扣费。请让用户查看账户记录（https://imagent.bot）；如果仍需要图片，请调用 generate_image 或 edit_image。"],
        CreditsSpent = CreditsSpent.Unknown,
        Retry = RetryWord.Never,
        IdempotencyKey = Echo.Value(idempotencyKey),
    };
}
