using ImaNanoBanana.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/reliability.md, compiled and run.</summary>
public class ReliabilitySnippets
{
    /// <summary>The SDK's own handler always remains.</summary>
    [Theory]
    [InlineData(nameof(RegisterWithout), 1)]
    [InlineData(nameof(RegisterWithLongerLimits), 2)]
    public async Task Handlers_of_the_app_are_removed_from_the_clients(string how, int expected)
    {
        var services = new ServiceCollection();
        if (how == nameof(RegisterWithout))
        {
            RegisterWithout(services);
        }
        else
        {
            RegisterWithLongerLimits(services);
        }

        services.AddImaNanoBanana(options => options.ApiKey = "ima_test_key");
        await using var provider = services.BuildServiceProvider();

        Assert.Equal(
            expected,
            ResilienceHandlers(provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(ImaClientDefaults.ClientName)));
    }

#pragma warning disable EXTEXP0001 // The page says that the method is experimental.
    private static void RegisterWithout(IServiceCollection services)
    {
        // >>>
        services.AddImaNanoBanana().ConfigureHttpClients(http => http.RemoveAllResilienceHandlers());
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        // <<<
    }

    private static void RegisterWithLongerLimits(IServiceCollection services)
    {
        services.ConfigureHttpClientDefaults(http => http.AddStandardResilienceHandler());
        // >>>
        services.AddImaNanoBanana().ConfigureHttpClients(http => http
            .RemoveAllResilienceHandlers()
            .AddStandardResilienceHandler(options =>
            {
                options.AttemptTimeout.Timeout = TimeSpan.FromMinutes(10);
                options.TotalRequestTimeout.Timeout = TimeSpan.FromMinutes(10);
                options.CircuitBreaker.SamplingDuration = TimeSpan.FromMinutes(20);
            }));
        // <<<
    }
#pragma warning restore EXTEXP0001

    private static int ResilienceHandlers(HttpMessageHandler? handler)
    {
        var count = 0;
        for (; handler is DelegatingHandler outer; handler = outer.InnerHandler)
        {
            count += outer is ResilienceHandler ? 1 : 0;
        }

        return count;
    }
}
