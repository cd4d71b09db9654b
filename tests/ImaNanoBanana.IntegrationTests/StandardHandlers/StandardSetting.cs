using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.IntegrationTests.StandardHandlers;

/// <summary>The ways in which an app gives the SDK's client a standard handler, by their names in docs/reliability.md.</summary>
/// <param name="Configure">Configures the app: its services, the call that adds the handler to a client, and the registration of the
/// SDK.</param>
/// <param name="Times">How often the client then has the handler.</param>
internal sealed record StandardSetting(
    Action<IServiceCollection, Action<IHttpClientBuilder>, Action<IServiceCollection>> Configure, int Times)
{
    public static IReadOnlyDictionary<string, StandardSetting> All { get; } = new Dictionary<string, StandardSetting>
    {
        ["defaults before"] = new(
            (services, add, register) =>
            {
                services.ConfigureHttpClientDefaults(add);
                register(services);
            },
            1),
        ["defaults after"] = new(
            (services, add, register) =>
            {
                register(services);
                services.ConfigureHttpClientDefaults(add);
            },
            1),
        ["by name"] = new(
            (services, add, register) =>
            {
                register(services);
                add(services.AddHttpClient("ImaNanoBanana"));
            },
            1),
        ["defaults and by name"] = new(
            (services, add, register) =>
            {
                services.ConfigureHttpClientDefaults(add);
                register(services);
                add(services.AddHttpClient("ImaNanoBanana"));
            },
            2),
        ["defaults, removed by name"] = new(
            (services, add, register) =>
            {
                services.ConfigureHttpClientDefaults(add);
                register(services);
                Remove(services.AddHttpClient("ImaNanoBanana"));
            },
            0),
    };

    /// <summary>Removes all resilience handlers of the app from a client.</summary>
    public static IHttpClientBuilder Remove(IHttpClientBuilder client)
    {
#pragma warning disable EXTEXP0001 // Experimental, but an app needs it to opt out.
        return client.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
