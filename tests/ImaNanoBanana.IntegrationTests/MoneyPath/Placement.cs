using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace ImaNanoBanana.IntegrationTests.MoneyPath;

/// <summary>The ways in which an app can place a handler around the SDK's client, by their names in docs/reliability.md.</summary>
internal static class Placement
{
    public static IReadOnlyDictionary<string, Action<IServiceCollection, Func<DelegatingHandler>,
    Action<IServiceCollection>>> All
    { get; } =
        new Dictionary<string, Action<IServiceCollection, Func<DelegatingHandler>, Action<IServiceCollection>>>
        {
            ["defaults before"] = (services, handler, register) =>
            {
                services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(handler));
                register(services);
            },
            ["defaults after"] = (services, handler, register) =>
            {
                register(services);
                services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(handler));
            },
            ["by name after"] = (services, handler, register) =>
            {
                register(services);
                services.AddHttpClient("ImaNanoBanana").AddHttpMessageHandler(handler);
            },
            ["ConfigureAll"] = (services, handler, register) =>
            {
                register(services);
                services.ConfigureAll<HttpClientFactoryOptions>(options =>
                    options.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(handler())));
            },
            ["PostConfigureAll"] = (services, handler, register) =>
            {
                register(services);
                services.PostConfigureAll<HttpClientFactoryOptions>(options =>
                    options.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(handler())));
            },
            ["own filter"] = (services, handler, register) =>
            {
                register(services);
                services.AddSingleton<IHttpMessageHandlerBuilderFilter>(
                    new AppFilter(builder => builder.AdditionalHandlers.Add(handler())));
            },
            ["own filter, first"] = (services, handler, register) =>
            {
                register(services);
                services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter>(new AppFilter(builder =>
                {
                    var outer = handler();
                    outer.InnerHandler = builder.PrimaryHandler;
                    builder.PrimaryHandler = outer;
                })));
            },
            ["after clear"] = (services, handler, register) =>
            {
                register(services);
                services.AddHttpClient("ImaNanoBanana")
                    .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Clear())
                    .AddHttpMessageHandler(handler);
            },
        };

    private sealed class AppFilter(Action<HttpMessageHandlerBuilder> act) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            if (builder.Name == "ImaNanoBanana")
            {
                act(builder);
            }
        };
    }
}
