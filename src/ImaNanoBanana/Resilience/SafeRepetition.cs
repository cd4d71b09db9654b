using ImaNanoBanana.Transport;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace ImaNanoBanana.Resilience;

/// <summary>
/// Defines the only retry strategy of the SDK: three attempts in total for lost connections, timeouts, 5xx and 429, for requests that
/// are safe to repeat (product list, upload token, upload, download). If a response asks to wait more than one minute, the request is
/// not repeated.
/// </summary>
internal static class SafeRepetition
{
    private const int Repetitions = 2;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <summary>Built by hand and not in the container, so that it is the same with and without one and logs nothing.</summary>
    /// <param name="isOn">Whether to repeat requests.</param>
    /// <param name="time">The clock.</param>
    public static ResiliencePipeline<HttpResponseMessage> Create(bool isOn, TimeProvider time) => isOn
        ? new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }.AddRetry(Options(time)).Build()
        : ResiliencePipeline<HttpResponseMessage>.Empty;

    private static HttpRetryStrategyOptions Options(TimeProvider time) => new()
    {
        MaxRetryAttempts = Repetitions,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = FirstDelay,

        // Replaces the strategy's own Retry-After handling, which compares dates with the system clock and has no maximum wait.
        DelayGenerator = arguments => ValueTask.FromResult(
            arguments.Outcome.Result is { } answer ? RetryAfter.FromResponse(answer, time.GetUtcNow()) : null),
        ShouldHandle = arguments => ValueTask.FromResult(IsWorthRepeating(arguments.Outcome, time)),
    };

    private static bool IsWorthRepeating(Outcome<HttpResponseMessage> outcome, TimeProvider time)
    {
        if (outcome.Result is not { } answer)
        {
            return outcome.Exception is HttpRequestException or IOException or TimeoutException or TimeoutRejectedException;
        }

        return (int)answer.StatusCode is 429 or >= 500 && !(RetryAfter.FromResponse(answer, time.GetUtcNow()) > RetryAfter.Longest);
    }
}
