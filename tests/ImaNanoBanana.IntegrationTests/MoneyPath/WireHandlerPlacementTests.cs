using ImaNanoBanana.IntegrationTests.Handlers;
using ImaNanoBanana.IntegrationTests.Sockets;
using ImaNanoBanana.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>
/// Over real sockets: handlers above the wire handler never see the key, and without the wire handler nothing can be charged.
/// </summary>
public class WireHandlerPlacementTests
{
    private const string Key = "ima_recognisable_key";

    [Fact]
    public async Task Handlers_of_the_app_see_neither_the_key_nor_the_submission_and_the_server_sees_both()
    {
        await using var server = new RawServer();
        var spy = new SpyHandler();
        await using var provider = Provider(server, services => services.AddHttpClient("ImaNanoBanana").AddHttpMessageHandler(() => spy));

        var result = await provider.GetRequiredService<IImaImageClient>().GenerateAsync(
            new ImageRequest("a puppy"), TestContext.Current.CancellationToken);

        Assert.Equal("https://images.example/1.png", result.Image.Url.OriginalString);
        Assert.Equal(3, spy.Seen.Count);
        Assert.All(spy.Seen, seen => Assert.DoesNotContain(Key, seen, StringComparison.Ordinal));
        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests, request => Assert.Equal("Bearer " + Key, request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Without_the_wire_handler_nothing_is_charged_and_the_error_says_why()
    {
        await using var server = new RawServer();
        await using var provider = Provider(server, services => services.RemoveAll<IHttpMessageHandlerBuilderFilter>());

        var exception = await Assert.ThrowsAsync<ImaException>(() =>
            provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal(ImaErrorKind.NotSent, exception.Kind);
        Assert.Contains("wire handler", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.CreateBodies);
        Assert.All(server.Requests, request => Assert.False(request.Headers.ContainsKey("Authorization")));
    }

    [Fact]
    public async Task Filter_of_the_app_that_came_first_and_replaces_the_primary_handler_does_not_remove_the_wire_handler()
    {
        await using var server = new RawServer();
        var services = new ServiceCollection();
        services.AddHttpClient();
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new PrimaryFilter(_ => server.Handler()));
        services.AddImaNanoBanana(options => options.ApiKey = Key);
        await using var provider = services.BuildServiceProvider();

        var task = await provider.GetRequiredService<IImaImageClient>().SubmitAsync(
            new ImageRequest("a puppy"), TestContext.Current.CancellationToken);

        Assert.Equal(Reply.TaskId, task.Id);
        Assert.Equal(1, server.CreateBodies);
    }

    [Fact]
    public async Task Filter_of_the_app_that_came_first_and_wraps_the_primary_handler_cannot_send_twice()
    {
        await using var server = new RawServer { OnCreate = static _ => Task.FromResult(Reply.GatewayError) };
        var services = new ServiceCollection();
        services.AddHttpClient();
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(
            new PrimaryFilter(_ => new ResendingHandler { InnerHandler = server.Handler() }));
        services.AddImaNanoBanana(options => options.ApiKey = Key);
        await using var provider = services.BuildServiceProvider();

        var exception = await Assert.ThrowsAsync<ImaException>(() =>
            provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal(ImaErrorKind.OutcomeUnknown, exception.Kind);
        Assert.Equal(1, server.CreateBodies);
    }

    [Fact]
    public async Task A_handler_that_changes_the_host_gets_nothing_sent()
    {
        await using var server = new RawServer();
        await using var provider = Provider(
            server, services => services.AddHttpClient("ImaNanoBanana").AddHttpMessageHandler(() => new DetourHandler()));

        var exception = await Assert.ThrowsAsync<ImaException>(() =>
            provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"), TestContext.Current.CancellationToken));

        Assert.Equal(ImaErrorKind.CatalogUnavailable, exception.Kind);
        Assert.Contains("evil.example", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static ServiceProvider Provider(RawServer server, Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        var ima = services.AddImaNanoBanana(options =>
        {
            options.ApiKey = Key;
            options.RetryReads = options.RetrySubmissions = false;
        });
        services.AddHttpClient(ImaClientDefaults.ClientName).ConfigurePrimaryHttpMessageHandler(() => server.Handler());
        configure(services);
        return services.BuildServiceProvider();
    }

    private sealed class PrimaryFilter(Func<HttpMessageHandler, HttpMessageHandler> replace) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.PrimaryHandler = replace(builder.PrimaryHandler);
        };
    }

    private sealed class SpyHandler : DelegatingHandler
    {
        public List<string> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Seen.Add(
                $"{request} {response.RequestMessage} {response} "
                    + $"{await (request.Content?.ReadAsStringAsync(cancellationToken) ?? Task.FromResult(""))}");
            return response;
        }
    }

    private sealed class DetourHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri("https://evil.example/open/v1/product/list");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
