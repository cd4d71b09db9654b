using ImaNanoBanana.Mcp.Submissions;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Waits for a task as long as a call may take, and reports progress. Submits nothing.</summary>
internal sealed class TaskFollower(
    ImageService images, SubmissionService desk, ImageDelivery delivery, ServerSettings settings) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    /// <value>10 tasks in one list: it stays near 1,000 characters of text.</value>
    private const int MostListed = 10;

    /// <summary>Ends all waits, because the server stops. Their calls answer <c>running</c>.</summary>
    public void Stop() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();

    /// <param name="idempotencyKey">The idempotency key of the task.</param>
    /// <param name="submission">The submission, if this process made it and it may still be running.</param>
    /// <param name="isRepeated">Whether an earlier call submitted it; null if the call submits nothing.</param>
    /// <param name="budget">How long to wait.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="cancellationToken">Ends the wait. The task continues.</param>
    public async Task<Delivered> FollowAsync(
        string idempotencyKey,
        RunningSubmission? submission,
        bool? isRepeated,
        CallBudget budget,
        CallProgress progress,
        CancellationToken cancellationToken)
    {
        var delivered = await WaitAsync(
            async token =>
                submission is null ? await desk.SubmittedAsync(idempotencyKey, token) : await submission.Submitted.WaitAsync(token),
            idempotencyKey,
            isRepeated,
            budget,
            progress,
            cancellationToken);
        return delivered.Answer is { Status: ImageAnswer.Running, TaskId: null } && submission?.IsUndecided == true
            ? delivered with { Answer = delivered.Answer with { CreditsSpent = CreditsSpent.No, WaitsForPerson = true } }
            : delivered;
    }

    /// <summary>Does the same for a known task.</summary>
    public Task<Delivered> FollowAsync(ImageTask task, CallBudget budget, CallProgress progress, CancellationToken cancellationToken) =>
        WaitAsync(_ => Task.FromResult(task), task.IdempotencyKey, null, budget, progress, cancellationToken);

    /// <summary>Lists the journal entries whose tasks were not delivered yet.</summary>
    public async Task<Delivered> ListAsync(CancellationToken cancellationToken)
    {
        var open = new List<OpenTask>();
        await foreach (var entry in images.Client.Journal.ListAsync(new TaskJournalFilter(), cancellationToken))
        {
            if (entry.IsPending || entry.IsUnknown)
            {
                open.Add(OpenTask.FromEntry(entry, await desk.IsUnderWayAsync(entry, cancellationToken)));
            }
        }

        var newest = open.OrderByDescending(task => task.SubmittedAt).Take(MostListed).ToList();
        var answer = new ImageAnswer
        {
            Status = ImageAnswer.List,
            Simulated = images.IsSimulated,
            Tasks = newest,
            Warnings = open.Count == newest.Count ? null : [settings.Say[
                $"There are {open.Count - newest.Count} older tasks. They are listed when these are fetched.",
                $"还有 {open.Count - newest.Count} 个更早的任务；取回以上任务后将列出。"]],
        };
        return new Delivered(answer, []);
    }

    private async Task<Delivered> WaitAsync(
        Func<CancellationToken, Task<ImageTask>> submitted,
        string? idempotencyKey,
        bool? isRepeated,
        CallBudget budget,
        CallProgress progress,
        CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(budget.Waiting, _stopping.Token, cancellationToken);
        ImageTask? task = null;
        ImageProgress? last = null;
        try
        {
            task = await submitted(waiting.Token);
            await using var items = images.Client.WatchAsync(task, waiting.Token).GetAsyncEnumerator(CancellationToken.None);
            while (await items.MoveNextAsync())
            {
                last = items.Current;
                await progress.ReportAsync(last, settings.Say);
                if (last.Result is { } result)
                {
                    var delivered = await delivery.DeliverAsync(result, isRepeated, cancellationToken);

                    // Only now does it count as delivered. If the call ends earlier, the task is still in the journal.
                    await items.MoveNextAsync();
                    return delivered;
                }
            }
        }
        catch (OperationCanceledException) when (
            (budget.Waiting.IsCancellationRequested || _stopping.IsCancellationRequested) && !cancellationToken.IsCancellationRequested)
        {
        }

        return new Delivered(Running(task, idempotencyKey, last) with { AlreadySubmitted = isRepeated }, []);
    }

    private ImageAnswer Running(ImageTask? task, string? idempotencyKey, ImageProgress? last)
    {
        var answer = task is null
            ? new ImageAnswer
            {
                Status = ImageAnswer.Running,
                Simulated = images.IsSimulated,
                CreditsSpent = CreditsSpent.Unknown,
                Handle = idempotencyKey,
                IdempotencyKey = idempotencyKey,
            }
            : TaskAnswers.FromTask(task, images.IsSimulated);
        return answer with
        {
            Percent = last?.Percent,
            ElapsedSeconds = last is null ? null : Math.Floor(last.Elapsed.TotalSeconds),
            ExpectedAtMostSeconds = task?.MaxExpectedDuration?.TotalSeconds,
            AskAgainInSeconds = TaskAnswers.AskAgainIn(task?.MinExpectedDuration, last?.Elapsed ?? TimeSpan.Zero),
            Adjustments = TaskAnswers.Adjustments(task?.Adjustments ?? [], settings.Say),
            Warnings = task?.JournalFailed == true ? TaskAnswers.Warnings(task, settings.Say) : null,
        };
    }
}
