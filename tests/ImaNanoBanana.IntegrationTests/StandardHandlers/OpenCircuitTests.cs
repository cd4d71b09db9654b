using System.Net;
using ImaNanoBanana.IntegrationTests.Faults;
using ImaNanoBanana.IntegrationTests.MoneyPath;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly.CircuitBreaker;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>
/// The standard handlers have circuit breakers, which all HTTP clients of an app may share. An open circuit breaker loses no submission
/// and no task.
/// </summary>
public class OpenCircuitTests
{
    private readonly CircuitBreakerManualControl _breaker = new();
    private readonly TestTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Handlers() => [.. StandardHandler.All.Keys];

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task Create_is_not_sent(string handler)
    {
        await using var server = new RawServer();
        await using var app = App(handler, () => server.Handler());
        await app.Client.QuoteAsync(new ImageRequest("a cute puppy on grass"), Cancel);
        await _breaker.IsolateAsync(Cancel);

        var observed = await Observed.StartAsync(app.Client, server, _time, StandardApp.LongestDelay, StandardApp.LongestDelay, Cancel);

        Assert.Equal("0 not sent", observed);
    }

    [Theory]
    [MemberData(nameof(Handlers))]
    public async Task Watch_continues_until_the_circuit_is_closed(string handler)
    {
        using var service = new SlowHandler(
            _time, FaultEndpoint.All.Single(endpoint => endpoint.Name == "detail"), TimeSpan.Zero, TimeSpan.Zero);
        await using var app = App(handler, () => service);
        await _breaker.IsolateAsync(Cancel);

        var work = app.Client.WaitForCompletionAsync(ImageTask.FromHandle("""{"v":1,"id":"task_1"}"""), Cancel);
        await _time.RunAsync(Task.Delay(TimeSpan.FromSeconds(60), _time, Cancel), TimeSpan.FromSeconds(60), Cancel);
        var pollsBefore = service.Requests;
        await _breaker.CloseAsync(Cancel);
        await _time.RunAsync(work, TimeSpan.FromSeconds(60), Cancel);

        Assert.Equal("https://images.example/1.png", (await work).Image.Url.OriginalString);
        Assert.Equal(0, pollsBefore);
    }

    /// <summary>One pipeline for all clients of the app or, with hedging, one for each host.</summary>
    [Theory]
    [InlineData("resilience", 0)]
    [InlineData("hedging", 1)]
    public async Task Failures_of_another_client_may_open_the_circuit_of_the_product_list(string handler, int expected)
    {
        using var service = new SlowHandler(
            _time, FaultEndpoint.All.Single(endpoint => endpoint.Name == "list"), TimeSpan.Zero, TimeSpan.Zero);
        await using var app = new StandardApp(_time, () => service, handler, "defaults before");
        using var overloaded = new OverloadedHandler();
        app.Services.AddHttpClient("other").ConfigurePrimaryHttpMessageHandler(() => overloaded);
        using var other = app.Provider.GetRequiredService<IHttpClientFactory>().CreateClient("other");

        var calls = Task.WhenAll(Enumerable.Range(0, 60).Select(_ => other.GetAsync(new Uri("https://other.example/"), Cancel)));
        await _time.RunAsync(calls, StandardApp.LongestDelay, Cancel);
        var exception = await Record.ExceptionAsync(() => app.Client.QuoteAsync(new ImageRequest("a puppy"), Cancel));

        Assert.Equal(expected, service.Requests);
        Assert.Equal(expected == 0 ? ImaErrorKind.CatalogUnavailable : null, (exception as ImaException)?.Kind);
    }

    private StandardApp App(string handler, Func<HttpMessageHandler> primary)
    {
        var app = new StandardApp(_time, primary, handler, "defaults before");
        app.Services.ConfigureAll<HttpStandardResilienceOptions>(options => options.CircuitBreaker.ManualControl = _breaker);
        app.Services.ConfigureAll<HttpStandardHedgingResilienceOptions>(
            options => options.Endpoint.CircuitBreaker.ManualControl = _breaker);
        return app;
    }

    private sealed class OverloadedHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
    }
}
