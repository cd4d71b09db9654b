using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana;

/// <summary>Configures a registration; returned by <c>AddImaNanoBanana()</c> and <c>AddKeyedImaNanoBanana()</c>.</summary>
public interface IImaNanoBananaBuilder
{
    /// <summary>Gets the service key of a keyed client, also the name of its <see cref="ImaNanoBananaOptions"/>; empty for the
    /// unnamed client.</summary>
    string Name { get; }

    /// <summary>Gets the app's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// Configures the HTTP clients of this registration, for example with a proxy, a certificate or handlers for logging and
    /// metrics. Handlers that are added here cannot send a create request twice and cannot see the key.
    /// </summary>
    /// <param name="configure">Configures the client, for example with <c>AddHttpMessageHandler</c> or
    /// <c>ConfigurePrimaryHttpMessageHandler</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    IImaNanoBananaBuilder ConfigureHttpClients(Action<IHttpClientBuilder> configure);
}
