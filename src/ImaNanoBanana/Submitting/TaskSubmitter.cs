using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Errors;
using ImaNanoBanana.OpenApi;
using ImaNanoBanana.Planning;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Logging;

namespace ImaNanoBanana.Submitting;

/// <summary>
/// Sends one create request and determines its outcome. It uses only the record of the submission, never what the pipeline of
/// handlers returned or threw.
/// </summary>
internal sealed class TaskSubmitter(
    Func<IImaOpenApi> api, ImaNanoBananaOptions options, TimeProvider time, IRequestGate gate, ILogger logger)
{
    /// <summary>Gets the pause of create requests that the service asked for.</summary>
    public LongPause Pause { get; } = new(time);

    /// <summary>The maximum duration of one create request, including the waits after its deadline and after a cancellation.</summary>
    public static TimeSpan Longest(ImaNanoBananaOptions options) =>
        options.CreateTimeout + (2 * WireHandler.GracePeriod) + options.CancellationGrace;

    /// <returns>What is known about the create request, also if the caller cancelled in the meantime.</returns>
    public async Task<SubmissionAnswer> SubmitAsync(ImagePlan plan, string idempotencyKey, CancellationToken cancellationToken)
    {
        using var operation = Operation.Start(Operation.Submit, ImaHosts.Api, plan.Version.Model, time)
            ?.WithPrompt(options.EnableSensitiveData ? plan.Request.Prompt : null);
        var submission = new Submission(CreateBody.FromPlan(plan));
        var createdAt = time.GetUtcNow();
        var pipelineFailure = await SendAsync(submission, cancellationToken).ConfigureAwait(false);

        // The handlers are done. If the bytes were not sent yet, withdraw the submission so that they never are. Otherwise, wait for the
        // actual record.
        var (record, isDue) = !submission.Record.IsCompleted && submission.TryWithdraw()
            ? (new SubmissionRecord(WasSent: false, null, default, pipelineFailure ?? AnsweredByApp()), false)
            : await WaitForRecordAsync(submission, cancellationToken).ConfigureAwait(false);

        var answer = Answer(plan, record, idempotencyKey, createdAt);
        Tell(operation, plan, answer);
        ImaLog.CreateEnded(
            logger,
            idempotencyKey,
            answer.Outcome.Kind.ToString(),
            LogValue.OrNone(answer.Outcome.TaskId),
            LogValue.OrNone(answer.Outcome.Code));
        if (answer.Outcome.Code == ServiceCode.RateLimit)
        {
            Pause.Begin(answer.RetryAfter);
            gate.SlowDown(answer.RetryAfter);
        }

        return isDue ? answer with { Late = LateAnswerAsync(submission, plan, idempotencyKey, createdAt) } : answer;
    }

    /// <summary>
    /// Runs the pipeline. The exception that it threw, if any, is used only to explain why a create request was not sent.
    /// </summary>
    [SuppressMessage(
        "Design", "CA1031", Justification = "An app's handlers may throw anything, and none of it says what became of the create request.")]
    private async Task<Exception?> SendAsync(Submission submission, CancellationToken cancellationToken)
    {
        try
        {
            // A handler of the app that ignores its cancellation token must not block the caller.
            using var response = await Deadline.RunAsync(
                options.CreateTimeout,
                time,
                deadline => api().CreateTaskAsync(submission, deadline.Token),
                static limit => $"No response to the create request within {limit.TotalSeconds:0} s.",
                cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private static InvalidOperationException AnsweredByApp() => new(
        "A handler of the app answered the create request itself, or the SDK's wire handler is not in the pipeline. Check whether the "
            + "IHttpMessageHandlerBuilderFilter services were removed.");

    /// <summary>
    /// Waits for the response to a create request that is already being sent: as long as the send itself may take or, if the caller
    /// cancels, for the grace period.
    /// </summary>
    /// <returns>The record, and whether the actual record is still due.</returns>
    private async Task<(SubmissionRecord Record, bool IsDue)> WaitForRecordAsync(Submission submission, CancellationToken cancellationToken)
    {
        // A cancellation ends only the caller's wait. After a suspension of the process, the timer of the grace period fires first,
        // although the response may already be there. This is why there is a second wait.
        Task record = submission.Record;
        await record.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await record.WaitAsync(
            options.CancellationGrace, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var second = options.CancellationGrace < WireHandler.GracePeriod ? options.CancellationGrace : WireHandler.GracePeriod;
        await record.WaitAsync(second, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return record.IsCompleted
            ? (await submission.Record.ConfigureAwait(false), false)
            : (new SubmissionRecord(WasSent: true, null, default, new TimeoutException()), true);
    }

    /// <summary>The response still arrives or times out. It must be recorded even though no caller waits for it.</summary>
    private async Task<SubmissionAnswer> LateAnswerAsync(
        Submission submission, ImagePlan plan, string idempotencyKey, DateTimeOffset createdAt)
    {
        var answer = Answer(plan, await submission.Record.ConfigureAwait(false), idempotencyKey, createdAt);
        Spent(answer);
        ImaLog.LateAnswer(
            logger,
            idempotencyKey,
            answer.Outcome.Kind.ToString(),
            LogValue.OrNone(answer.Outcome.TaskId),
            LogValue.OrNone(answer.Outcome.Code));
        return answer;
    }

    private static void Tell(Operation? operation, ImagePlan plan, SubmissionAnswer answer)
    {
        var (outcome, error) = answer.Outcome.Kind switch
        {
            SubmissionOutcomeKind.Accepted => ("accepted", null),
            SubmissionOutcomeKind.Rejected => ("rejected", answer.Outcome.Code?.ToString(CultureInfo.InvariantCulture)),
            SubmissionOutcomeKind.NotSent => ("not_sent", nameof(ImaErrorKind.NotSent)),
            _ => ("unknown", nameof(ImaErrorKind.OutcomeUnknown)),
        };
        operation?.Tag("ima.create.outcome", outcome);
        if (answer.Task is { } task)
        {
            operation?.Submitted(task);
        }

        if (error is not null)
        {
            operation?.Fail(error);
        }

        Counters.Created(plan.Version.Model, outcome, error);
        Spent(answer);
    }

    private static void Spent(SubmissionAnswer answer)
    {
        if (answer is { Outcome.Kind: SubmissionOutcomeKind.Accepted, Task: { } task })
        {
            Counters.Spent(task);
        }
    }

    private SubmissionAnswer Answer(ImagePlan plan, SubmissionRecord record, string idempotencyKey, DateTimeOffset createdAt)
    {
        var outcome = SubmissionOutcome.FromRecord(record);
        return new SubmissionAnswer(
            outcome,
            outcome.TaskId is { } id ? SubmittedTask.Create(plan, id, idempotencyKey, createdAt) : null,
            record.Failure,
            RetryAfter.Read(record.RetryAfter, time.GetUtcNow()));
    }
}
