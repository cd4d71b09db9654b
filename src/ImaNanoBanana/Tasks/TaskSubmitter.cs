using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Catalog;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Tasks;

/// <summary>
/// Sends one create and finds out what became of it. It looks at the submission's record only, never at what the
/// pipeline of handlers returned or threw.
/// </summary>
internal sealed class TaskSubmitter(
    IImaOpenApi api, ImaNanoBananaOptions options, TimeProvider time, RequestLimiter limiter, ILogger logger)
{
    /// <returns>What is known of it; also when the caller cancelled meanwhile.</returns>
    public async Task<SubmissionAnswer> SubmitAsync(ImagePlan plan, string operationKey, CancellationToken cancellationToken)
    {
        var submission = new Submission(CreateBody.Of(plan));
        var createdAt = time.GetUtcNow();
        var pipelineFailure = await SendAsync(submission, cancellationToken).ConfigureAwait(false);
        var record = !submission.Record.IsCompleted && submission.TryWithdraw()
            ? new SubmissionRecord(WasSent: false, null, default, pipelineFailure)
            : await AnswerAsync(submission, operationKey, cancellationToken).ConfigureAwait(false);

        var outcome = SubmissionOutcome.Of(record);
        ImaLog.CreateEnded(logger, operationKey, outcome.Kind.ToString(), outcome.TaskId, outcome.Code);
        var retryAfter = RetryAfter.Read(record.RetryAfter, time.GetUtcNow());
        if (outcome.Code == ApiCode.RateLimit)
        {
            limiter.SlowDown(retryAfter);
        }

        var task = outcome.TaskId is { } id ? TaskOf(plan, id, operationKey, createdAt) : null;
        return new SubmissionAnswer(outcome, task, record.Failure, retryAfter);
    }

    /// <summary>Runs the pipeline. What it threw is kept only to explain why a create was not sent.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "An app's handlers may throw anything, and none of it says what became of the create.")]
    private async Task<Exception?> SendAsync(Submission submission, CancellationToken cancellationToken)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // A handler of the app that ignores its token must not keep the caller.
            await api.CreateTaskAsync(submission, leaving.Token).WaitAsync(options.CreateTimeout, time, cancellationToken).ConfigureAwait(false);
            return new InvalidOperationException(
                "A handler of the app answered the create itself, or the SDK's wire handler is not in the pipeline (were the IHttpMessageHandlerBuilderFilter services removed?).");
        }
        catch (Exception exception)
        {
            return exception;
        }
        finally
        {
            await StopAsync(leaving).ConfigureAwait(false);
        }
    }

    /// <summary>Ends handlers that are still at work. What their callbacks throw must not come between the caller and the record.</summary>
    private static async Task StopAsync(CancellationTokenSource leaving)
    {
        try
        {
            await leaving.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException)
        {
            // An app's own callbacks.
        }
    }

    /// <summary>
    /// Waits for the answer to a create that is on the wire: as long as the send itself may take, or, when the caller
    /// cancels, for the grace.
    /// </summary>
    private async Task<SubmissionRecord> AnswerAsync(Submission submission, string operationKey, CancellationToken cancellationToken)
    {
        try
        {
            return await submission.Record.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Falls through: only the caller's wait is over.
        }

        try
        {
            return await submission.Record.WaitAsync(options.CancellationGrace, time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            _ = LogLateAnswerAsync(submission, operationKey);
            return new SubmissionRecord(WasSent: true, null, default, exception);
        }
    }

    /// <summary>The answer still comes or times out; it must leave a trace even though nobody waits for it.</summary>
    private async Task LogLateAnswerAsync(Submission submission, string operationKey)
    {
        var outcome = SubmissionOutcome.Of(await submission.Record.ConfigureAwait(false));
        ImaLog.LateAnswer(logger, operationKey, outcome.Kind.ToString(), outcome.TaskId, outcome.Code);
    }

    private static ImageTask TaskOf(ImagePlan plan, string id, string operationKey, DateTimeOffset createdAt) => new(id)
    {
        TaskType = plan.TaskType,
        Model = plan.Version.Model,
        ModelName = plan.Version.Name,
        Size = plan.Size,
        AspectRatio = plan.AspectRatio,
        CreditsPerImage = plan.CreditsPerImage,
        Count = plan.Count,
        ExpectedAtLeast = plan.Version.Expected?.AtLeast,
        ExpectedAtMost = plan.Version.Expected?.AtMost,
        CreatedAt = createdAt,
        Adjustments = plan.Adjustments,
        OperationKey = operationKey,
    };
}
