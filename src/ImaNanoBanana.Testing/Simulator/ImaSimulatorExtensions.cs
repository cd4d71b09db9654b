using ImaNanoBanana;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Connects an app to the simulator.</summary>
public static class ImaSimulatorExtensions
{
    private const string SimulatedKey = "simulated-key";

    /// <summary>
    /// Sends the client's requests to the simulator instead of the network. No API key is needed and no credits are spent. A host that
    /// is not in the environment Development logs a warning at its start. The
    /// simulator is registered in the container as <see cref="ImaSimulator"/>, for a keyed client under its key. It uses the
    /// container's clock.
    /// </summary>
    /// <param name="builder">The builder that <c>AddImaNanoBanana()</c> or <c>AddKeyedImaNanoBanana()</c> returned.</param>
    /// <param name="simulator">The simulator to use, or null for a new one.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IImaNanoBananaBuilder UseSimulator(this IImaNanoBananaBuilder builder, ImaSimulator? simulator = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Name.Length == 0)
        {
            builder.Services.TryAddSingleton(Simulator);
            return WithoutKey(builder, provider => provider.GetRequiredService<ImaSimulator>());
        }

        builder.Services.TryAddKeyedSingleton(builder.Name, (provider, _) => Simulator(provider));
        return WithoutKey(builder, provider => provider.GetRequiredKeyedService<ImaSimulator>(builder.Name));

        ImaSimulator Simulator(IServiceProvider provider) => simulator ?? new ImaSimulator(provider.GetService<TimeProvider>());
    }

    /// <summary>
    /// Sends the client's requests to an <c>ImaSimulatorServer</c> in this or another process, through an
    /// <see cref="ImaSimulatorProxy"/>. No API key is needed and no credits are spent. A key that the app has set is not sent to the
    /// address: the server receives a made-up one. The ledger is kept by the server.
    /// </summary>
    /// <param name="builder">The builder that <c>AddImaNanoBanana()</c> returned.</param>
    /// <param name="address">The address of the server, as its <c>Address</c> property returns it: <c>http://127.0.0.1:5080/</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaNanoBananaBuilder UseSimulator(this IImaNanoBananaBuilder builder, Uri address)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(address);
        builder.Services.PostConfigure<ImaNanoBananaOptions>(builder.Name, options => options.ApiKey = SimulatedKey);
        return WithoutKey(builder, _ => new ImaSimulatorProxy(address));
    }

    /// <summary>
    /// Sends the requests of all tenants to one simulator instead of the network. No credits are spent. Each tenant still needs a key,
    /// from the callback or from <c>CreateClient</c>; the simulator accepts any. It is registered in the container as
    /// <see cref="ImaSimulator"/>.
    /// </summary>
    /// <param name="builder">The builder that <c>AddImaImageClientFactory()</c> returned.</param>
    /// <param name="simulator">The simulator to use, or null for a new one.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IImaImageClientFactoryBuilder UseSimulator(this IImaImageClientFactoryBuilder builder, ImaSimulator? simulator = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddNotice(builder.Services);
        builder.Services.TryAddSingleton(provider => simulator ?? new ImaSimulator(provider.GetService<TimeProvider>()));
        return builder.ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(
            provider => simulator ?? provider.GetRequiredService<ImaSimulator>()));
    }

    private static IImaNanoBananaBuilder WithoutKey(IImaNanoBananaBuilder builder, Func<IServiceProvider, HttpMessageHandler> handler)
    {
        AddNotice(builder.Services);
        builder.Services.PostConfigure<ImaNanoBananaOptions>(builder.Name, options =>
        {
            if (string.IsNullOrWhiteSpace(options.ApiKey))
            {
                options.ApiKey = SimulatedKey;
            }
        });
        return builder.ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(handler));
    }

    private static void AddNotice(IServiceCollection services) =>
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SimulatorNotice>());
}
