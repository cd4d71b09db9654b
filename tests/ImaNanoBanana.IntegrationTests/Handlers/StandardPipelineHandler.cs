using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ImaNanoBanana.IntegrationTests.Handlers;

/// <summary>
/// Creates what <c>AddStandardResilienceHandler()</c> adds, but by hand, so that it can be placed where that method cannot place it: the
/// same handler, options and order of strategies. The tests under StandardHandlers use the method itself.
/// </summary>
internal static class StandardPipelineHandler
{
    public static ResilienceHandler Create(TimeProvider time)
    {
        var options = new HttpStandardResilienceOptions();
        return new ResilienceHandler(new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRateLimiter(options.RateLimiter)
            .AddTimeout(options.TotalRequestTimeout)
            .AddRetry(options.Retry)
            .AddCircuitBreaker(options.CircuitBreaker)
            .AddTimeout(options.AttemptTimeout)
            .Build());
    }
}
