using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace ImaNanoBanana.OpenApi;

/// <summary>
/// Three attempts in all on connection failures, attempt timeouts, 5xx and 429, for the requests that are safe to repeat:
/// product list and upload token (careful client, sections 1, 4 and 5).
/// </summary>
internal static class SafeRequests
{
    public const int Repetitions = 2;

    public static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    public static ResiliencePipeline<ApiAnswer> Pipeline(ImaNanoBananaOptions options, TimeProvider time) =>
        new ResiliencePipelineBuilder<ApiAnswer> { TimeProvider = time }
            .AddTimeout(options.ReadTimeout)
            .AddRetry(Retry<ApiAnswer>(answer => answer.StatusCode))
            .AddTimeout(options.ReadAttemptTimeout)
            .Build();

    public static RetryStrategyOptions<T> Retry<T>(Func<T, int> statusOf) => new()
    {
        MaxRetryAttempts = Repetitions,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = FirstDelay,
        ShouldHandle = new PredicateBuilder<T>()
            .Handle<HttpRequestException>()
            .Handle<IOException>()
            .Handle<TimeoutException>()
            .Handle<TimeoutRejectedException>()
            .HandleResult(answer => statusOf(answer) is 429 or >= 500),
    };
}
