using System.Collections.Concurrent;
using ImaNanoBanana.Mcp.Answers;

namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>
/// Decides whether a call refers to the submission of an earlier identical call or makes a new one. A new submission is quoted,
/// checked against the limits, confirmed and submitted. Later calls do not affect a submission that was already sent.
/// </summary>
internal sealed class SubmissionService(ImageService images, ServerSettings settings, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly ConcurrentDictionary<string, RunningSubmission> _running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ending = new();

    /// <param name="content">The request.</param>
    /// <param name="confirmation">Asks the person.</param>
    /// <param name="preparing">Ends the preparation. It has no effect on a submission that was started.</param>
    /// <param name="cancellationToken">Ends a submission that was not sent yet; it cannot undo one that was.</param>
    /// <returns>The submission, and whether an earlier call made it.</returns>
    public async Task<(string IdempotencyKey, RunningSubmission? Submission, bool IsRepeated)> PlaceAsync(
        SubmissionRequest content, IConfirmation confirmation, CancellationToken preparing, CancellationToken cancellationToken)
    {
        var client = images.Client;
        while (true)
        {
            var choice = await StoreReading.BeforeSubmissionAsync(settings, () => ChooseAsync(client, content, preparing));
            if (choice.Entry is not null || _running.ContainsKey(choice.IdempotencyKey))
            {
                return (choice.IdempotencyKey, Running(choice.IdempotencyKey), true);
            }

            var quote = await client.QuoteAsync(content.Request with { IdempotencyKey = choice.IdempotencyKey }, preparing);
            CheckCall(quote, content.MaxCredits);
            await _gate.WaitAsync(preparing);
            try
            {
                // Check again: if another call made this submission in the meantime, use that one.
                var again = await StoreReading.BeforeSubmissionAsync(settings, () => ChooseAsync(client, content, preparing));
                if (again == choice && !_running.ContainsKey(choice.IdempotencyKey))
                {
                    var usage = await StoreReading.BeforeSubmissionAsync(settings, () => CheckBudgetAsync(quote, preparing));
                    var submission = Start(
                        choice.IdempotencyKey,
                        confirmation.AsksPerson,
                        token => SubmitAsync(client, quote, usage, content, confirmation, choice.IdempotencyKey, token),
                        cancellationToken);
                    return (choice.IdempotencyKey, submission, false);
                }
            }
            finally
            {
                _gate.Release();
            }
        }
    }

    /// <summary>Waits for the outcome of a submission, of this process or another one.</summary>
    /// <returns>The charged task.</returns>
    /// <exception cref="ImaException">The outcome is unknown, or the submission of this process failed.</exception>
    /// <exception cref="ToolException">There is no such submission, or it no longer exists. It was not charged.</exception>
    public async Task<ImageTask> SubmittedAsync(string idempotencyKey, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(idempotencyKey, out var submission))
        {
            return await submission.Submitted.WaitAsync(cancellationToken);
        }

        while (true)
        {
            var entry = await images.Client.Journal.FindAsync(idempotencyKey, cancellationToken)
                ?? throw new ToolException(NothingSubmitted(idempotencyKey));
            if (entry is { IsUnknown: false, Task: { } task })
            {
                return task;
            }

            if (!await IsUnderWayAsync(entry, cancellationToken))
            {
                throw Failures.Unknown(entry);
            }

            await Task.Delay(PollInterval, time, cancellationToken);
        }
    }

    /// <returns>The running submission of this process with a key; null if there is none.</returns>
    public RunningSubmission? Running(string idempotencyKey) => _running.GetValueOrDefault(idempotencyKey);

    /// <summary>Whether the response to a submission may still arrive.</summary>
    public async Task<bool> IsUnderWayAsync(TaskJournalEntry entry, CancellationToken cancellationToken) =>
        entry.State == TaskJournalState.Claimed && await NowAsync(cancellationToken) - entry.ClaimedAt < images.LongestSubmission;

    /// <summary>Sends nothing more, and ends the questions to the person.</summary>
    public void Stop() => _ending.Cancel();

    /// <summary>Stops sending, and waits a little for the responses to what was sent.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var submission in _running.Values)
        {
            await ((Task)submission.Submitted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _ending.Dispose();
        _gate.Dispose();
    }

    private async Task<KeyChoice> ChooseAsync(
        ImaImageClient client, SubmissionRequest content, CancellationToken cancellationToken)
    {
        var journal = await client.Journal.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        return KeyChoice.Choose(journal, content.Key, await NowAsync(cancellationToken), settings.RepeatWindow);
    }

    private void CheckCall(ImageQuote quote, decimal? asked)
    {
        var limit = asked is { } lower && lower < settings.MaxCredits ? lower : settings.MaxCredits;
        if (quote.Credits > limit)
        {
            throw new ToolException(Limits.CallLimitExceeded(quote.Credits, limit, limit < settings.MaxCredits, settings.Say));
        }
    }

    /// <summary>The current time, by the clock that all users of the journal share.</summary>
    private async Task<DateTimeOffset> NowAsync(CancellationToken cancellationToken) =>
        await images.Client.Journal.GetTimeAsync(cancellationToken) ?? time.GetUtcNow();

    /// <summary>
    /// Rejects what is beyond the budget before the person is asked. The client reserves the credits directly before it submits, and
    /// counts what others have spent by then.
    /// </summary>
    private async Task<CreditUsage> CheckBudgetAsync(ImageQuote quote, CancellationToken cancellationToken)
    {
        var usage = await images.Budget.GetUsageAsync(cancellationToken);
        return quote.Credits <= usage.Remaining ? usage : throw await BudgetExceededAsync(quote.Credits, usage, cancellationToken);
    }

    private async Task<ToolException> BudgetExceededAsync(decimal price, CreditUsage usage, CancellationToken cancellationToken) =>
        new(Limits.BudgetExceeded(
            price,
            usage,
            settings.Budget,
            await images.Budget.GetFreeAfterAsync(price, cancellationToken),
            await NowAsync(cancellationToken),
            settings.Say));

    /// <summary>The caller must hold the gate.</summary>
    private RunningSubmission Start(
        string idempotencyKey, bool asksPerson, Func<CancellationToken, Task<ImageTask>> submit, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var submission = new RunningSubmission { AsksPerson = asksPerson, Submitted = RunAsync() };
        _running[idempotencyKey] = submission;
        started.SetResult();
        return submission;

        async Task<ImageTask> RunAsync()
        {
            using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token, cancellationToken);
            await started.Task;
            try
            {
                return await submit(cancelled.Token);
            }
            finally
            {
                // Hold the gate: a call that has read the journal before this submission still finds it here.
                await _gate.WaitAsync(CancellationToken.None);
                _running.TryRemove(idempotencyKey, out _);
                _gate.Release();
            }
        }
    }

    private async Task<ImageTask> SubmitAsync(
        ImaImageClient client,
        ImageQuote quote,
        CreditUsage usage,
        SubmissionRequest content,
        IConfirmation confirmation,
        string idempotencyKey,
        CancellationToken cancellationToken)
    {
        try
        {
            await confirmation.ConfirmAsync(quote, usage, content.Request.Prompt, cancellationToken);
        }
        finally
        {
            _running[idempotencyKey].Settle();
        }

        try
        {
            return await client.SubmitAsync(quote, cancellationToken);
        }
        catch (ImaException exception) when (exception.Kind == ImaErrorKind.BudgetExceeded)
        {
            // Others have spent credits since the check.
            throw await StoreReading.BeforeSubmissionAsync(settings, async () => await BudgetExceededAsync(
                quote.Credits, await images.Budget.GetUsageAsync(cancellationToken), cancellationToken));
        }
    }

    private ErrorFacts NothingSubmitted(string idempotencyKey) => new()
    {
        Kind = "NotFound",
        Reason = settings.Say[$"Nothing was charged for the idempotency key {idempotencyKey}.", $"使用幂等键 {idempotencyKey} 的请求未产生扣费。"],
        Suggestion = settings.Say[
            "If the image is still needed, call generate_image or edit_image.", "如果仍需要图片，请调用 generate_image 或 edit_image。"],
        CreditsSpent = CreditsSpent.No,
        Retry = RetryWord.Never,
        IdempotencyKey = idempotencyKey,
    };
}
