using ImaNanoBanana.Transport;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace ImaNanoBanana.OpenApi;

/// <summary>
/// Three attempts in all on connection failures, attempt timeouts, 5xx and 429, for the requests that are safe to repeat:
/// product list, upload token, upload and download (careful client, sections 1, 4 and 5).
/// </summary>
/// <remarks>An answer that asks for more than a minute is not waited for.</remarks>
internal sealed class SafeRequests
{
    private const int Repetitions = 2;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    private readonly ResiliencePipeline<IRepeatableAnswer> _repeated;
    private readonly ResiliencePipeline<IRepeatableAnswer> _attempt;
    private readonly RequestLimiter _limiter;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;

    /// <param name="options">Whether to repeat at all.</param>
    /// <param name="time">The clock.</param>
    /// <param name="limiter">Passed before each attempt, outside of all time limits.</param>
    /// <param name="timeout">The limit for all attempts together.</param>
    /// <param name="attemptTimeout">The limit for one attempt; null where the attempts see to it themselves.</param>
    public SafeRequests(ImaNanoBananaOptions options, TimeProvider time, RequestLimiter limiter, TimeSpan timeout, TimeSpan? attemptTimeout = null)
    {
        _limiter = limiter;
        _time = time;
        _timeout = timeout;
        _repeated = options.RetryReads
            ? new ResiliencePipelineBuilder<IRepeatableAnswer> { TimeProvider = time }.AddRetry(Retry()).Build()
            : ResiliencePipeline<IRepeatableAnswer>.Empty;
        _attempt = attemptTimeout is { } limit
            ? new ResiliencePipelineBuilder<IRepeatableAnswer> { TimeProvider = time }.AddTimeout(limit).Build()
            : ResiliencePipeline<IRepeatableAnswer>.Empty;
    }

    /// <exception cref="TimeoutException">The time for all attempts is over.</exception>
    public async Task<T> SendAsync<T>(Func<CancellationToken, Task<T>> send, CancellationToken cancellationToken)
        where T : class, IRepeatableAnswer
    {
        using var deadline = new Deadline(_timeout, _time, cancellationToken);
        try
        {
            // A handler of the app that ignores its token must not keep the caller.
            return (T)await _repeated.ExecuteAsync(AttemptAsync, deadline.Token).AsTask().WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (deadline.HasPassed && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Not done within {_timeout.TotalSeconds:0} s, repetitions included.", exception);
        }

        async ValueTask<IRepeatableAnswer> AttemptAsync(CancellationToken token)
        {
            await deadline.PassAsync(_limiter).ConfigureAwait(false);
            return await _attempt.ExecuteAsync(async attempt => await send(attempt).ConfigureAwait(false), token).ConfigureAwait(false);
        }
    }

    private static RetryStrategyOptions<IRepeatableAnswer> Retry() => new()
    {
        MaxRetryAttempts = Repetitions,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = FirstDelay,
        DelayGenerator = static arguments => ValueTask.FromResult(arguments.Outcome.Result?.RetryAfter),
        ShouldHandle = new PredicateBuilder<IRepeatableAnswer>()
            .Handle<HttpRequestException>()
            .Handle<IOException>()
            .Handle<TimeoutException>()
            .Handle<TimeoutRejectedException>()
            .HandleResult(static answer => answer.StatusCode is 429 or >= 500 && !(answer.RetryAfter > RetryAfter.Longest)),
    };
}
