using ImaNanoBanana;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Switches an app to the simulator.</summary>
public static class ImaSimulatorExtensions
{
    private const string SimulatedKey = "simulated-key";

    /// <summary>
    /// Answers the client's requests from the simulator instead of the network. No key is needed and no credits are
    /// spent. The simulator is in the container as <see cref="ImaSimulator"/>, of a keyed client under its key; it uses the
    /// container's clock.
    /// </summary>
    /// <param name="builder">What <c>AddImaNanoBanana()</c> or <c>AddKeyedImaNanoBanana()</c> returned.</param>
    /// <param name="simulator">The simulator to use; null for a new one.</param>
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
    /// Answers the client's requests from an <c>ImaSimulatorServer</c> in this or another process, through an
    /// <see cref="ImaSimulatorProxy"/>. No key is needed and no credits are spent. The ledger is with the server.
    /// </summary>
    /// <param name="builder">What <c>AddImaNanoBanana()</c> returned.</param>
    /// <param name="address">Where the server listens, as its <c>Address</c> says it: <c>http://127.0.0.1:5080/</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaNanoBananaBuilder UseSimulator(this IImaNanoBananaBuilder builder, Uri address)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(address);
        return WithoutKey(builder, _ => new ImaSimulatorProxy(address));
    }

    private static IImaNanoBananaBuilder WithoutKey(IImaNanoBananaBuilder builder, Func<IServiceProvider, HttpMessageHandler> handler)
    {
        builder.Services.PostConfigure<ImaNanoBananaOptions>(builder.Name, options =>
        {
            if (string.IsNullOrWhiteSpace(options.ApiKey))
            {
                options.ApiKey = SimulatedKey;
            }
        });
        return builder.ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(handler));
    }
}
