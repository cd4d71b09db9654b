using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace ImaNanoBanana.IntegrationTests.Handlers;

/// <summary>
/// What <c>AddStandardResilienceHandler()</c> adds, made by hand, so that it can stand where that method cannot put it: the same
/// handler, options and order of strategies. StandardHandlers has the tests with the method itself.
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
