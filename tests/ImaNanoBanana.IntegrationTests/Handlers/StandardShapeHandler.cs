using ImaNanoBanana.Testing;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace ImaNanoBanana.IntegrationTests.Handlers;

/// <summary>
/// The shape of <c>AddStandardResilienceHandler()</c>: a total timeout of 30 s around three retries around a circuit
/// breaker around an attempt timeout of 10 s, on Polly and a clock of its own. The clock runs as soon as the create
/// arrived, so that every attempt at it times out before the service answers.
/// </summary>
internal sealed class StandardShapeHandler(Task createArrived) : DelegatingHandler
{
    private readonly ManualTimeProvider _clock = new();
    private readonly TaskCompletionSource _gaveUp = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the handler has thrown for the create.</summary>
    public Task GaveUp => _gaveUp.Task;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.AbsolutePath != "/open/v1/tasks/create")
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var pipeline = Pipeline();
        var running = pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken).AsTask();
        try
        {
            await Task.WhenAny(running, createArrived);
            while (!running.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            return await running;
        }
        finally
        {
            _gaveUp.TrySetResult();
        }
    }

    private ResiliencePipeline<HttpResponseMessage> Pipeline()
    {
        var failures = new PredicateBuilder<HttpResponseMessage>().Handle<Exception>().HandleResult(response => (int)response.StatusCode >= 500);
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _clock }
            .AddTimeout(TimeSpan.FromSeconds(30))
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 3,
                Delay = TimeSpan.FromSeconds(2),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = failures,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage> { ShouldHandle = failures })
            .AddTimeout(TimeSpan.FromSeconds(10))
            .Build();
    }
}
