using System.Net;
using ImaNanoBanana.Resilience;
using ImaNanoBanana.Transport;
using Polly;

namespace ImaNanoBanana.OpenApi;

/// <summary>Makes a call that spends no credits, within its time limits, and reads the response. Thread-safe.</summary>
internal sealed class ApiReader(
    ImaNanoBananaOptions options, TimeProvider time, IRequestGate gate, ResiliencePipeline<HttpResponseMessage> repetition)
{
    /// <summary>Reads the product list or an upload token, with up to three attempts.</summary>
    /// <param name="send">Sends the call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="TimeoutException">The time of all attempts has passed.</exception>
    public Task<ApiAnswer> ReadAsync(
        Func<ReadCall, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken) =>
        Deadline.RunAsync(
            options.ReadTimeout,
            time,
            deadline => AnswerAsync(
                send,
                new ReadCall(deadline, gate, time)
                {
                    AttemptTimeout = options.ReadAttemptTimeout,
                    Repetition = repetition,
                    IsSentOncePerAttempt = options.RetryReads,
                },
                deadline.Token),
            static limit => $"Not completed within {limit.TotalSeconds:0} s, including retries.",
            cancellationToken);

    /// <summary>
    /// Polls a task with one attempt, because the schedule of the watch repeats it. The caller has already waited for the request gate.
    /// </summary>
    /// <param name="send">Sends the call.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="TimeoutException">The time has passed.</exception>
    public Task<ApiAnswer> PollAsync(
        Func<ReadCall, CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken) =>
        Deadline.RunAsync(
            options.PollTimeout,
            time,
            deadline => AnswerAsync(
                send, new ReadCall(deadline, gate, time) { IsSentOncePerAttempt = options.RetryReads }, deadline.Token),
            static limit => $"No response to a poll within {limit.TotalSeconds:0} s.",
            cancellationToken);

    private async Task<ApiAnswer> AnswerAsync(
        Func<ReadCall, CancellationToken, Task<HttpResponseMessage>> send, ReadCall call, CancellationToken cancellationToken)
    {
        using var response = await send(call, cancellationToken).ConfigureAwait(false);
        var body = await AnswerContent.BytesAsync(response.Content, cancellationToken).ConfigureAwait(false);
        var answer = ApiAnswer.Read((int)response.StatusCode, body, RetryAfter.FromResponse(response, time.GetUtcNow()));

        // The attempts of a call with several attempts have reported the status.
        if (answer.IsRateLimit && (call.AttemptTimeout is null || response.StatusCode != HttpStatusCode.TooManyRequests))
        {
            gate.SlowDown(answer.RetryAfter);
        }

        return answer;
    }
}
