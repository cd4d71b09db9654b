using ImaNanoBanana.Mcp.Submissions;

namespace ImaNanoBanana.Mcp.Answers;

/// <summary>Waits for a task for as long as a call may take, and tells how far it is. Orders nothing.</summary>
internal sealed class TaskFollower(
    ImageService images, SubmissionService desk, ImageDelivery delivery, ServerSettings settings, TimeProvider time)
{
    /// <param name="idempotencyKey">Whose task.</param>
    /// <param name="submission">Its order, where that is of this process and may be under way.</param>
    /// <param name="isRepeated">Whether an earlier call had ordered it; null where the call orders nothing.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends the wait; what was bought goes on.</param>
    public async Task<Delivered> FollowAsync(
        string idempotencyKey, RunningSubmission? submission, bool? isRepeated, CallProgress progress, CancellationToken cancellationToken)
    {
        if (submission is not null && isRepeated == false)
        {
            await submission.Settled.WaitAsync(cancellationToken);
        }

        return await WaitAsync(
            async token =>
                submission is null ? await desk.SubmittedAsync(idempotencyKey, token) : await submission.Submitted.WaitAsync(token),
            idempotencyKey,
            isRepeated,
            progress,
            cancellationToken);
    }

    /// <summary>The same for a task that is known.</summary>
    public Task<Delivered> FollowAsync(ImageTask task, CallProgress progress, CancellationToken cancellationToken) =>
        WaitAsync(_ => Task.FromResult(task), task.IdempotencyKey, null, progress, cancellationToken);

    /// <summary>What the journal holds and nobody was handed yet.</summary>
    public async Task<Delivered> ListAsync(CancellationToken cancellationToken)
    {
        var open = new List<OpenTask>();
        await foreach (var entry in images.Client.Journal.ListOpenAsync(cancellationToken: cancellationToken))
        {
            if (entry.IsPending || entry.IsUnknown)
            {
                open.Add(OpenTask.FromEntry(entry, await desk.IsUnderWayAsync(entry, cancellationToken)));
            }
        }

        return new Delivered(new ImageAnswer { Status = ImageAnswer.List, Simulated = images.IsSimulated, Tasks = open }, []);
    }

    private async Task<Delivered> WaitAsync(
        Func<CancellationToken, Task<ImageTask>> submitted,
        string? idempotencyKey,
        bool? isRepeated,
        CallProgress progress,
        CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(settings.Wait, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
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

                    // Only now it counts as handed over: what ends before finds it in the journal.
                    await items.MoveNextAsync();
                    return delivered;
                }
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
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
            AskAgainInSeconds = TaskAnswers.AskAgainIn(task?.MinExpectedDuration, last?.Elapsed ?? TimeSpan.Zero),
            Adjustments = TaskAnswers.Adjustments(task?.Adjustments ?? [], settings.Say),
            Warnings = task?.JournalFailed == true ? TaskAnswers.Warnings(task, settings.Say) : null,
        };
    }
}
