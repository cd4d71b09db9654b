using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana;

/// <summary>What <c>AddImaNanoBanana()</c> and <c>AddKeyedImaNanoBanana()</c> return, for adding to the registration.</summary>
public interface IImaNanoBananaBuilder
{
    /// <summary>The key of a keyed client, also the name of its <see cref="ImaNanoBananaOptions"/>; empty for the unnamed client.</summary>
    string Name { get; }

    /// <summary>The app's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// Sets up the HTTP clients of this registration: a proxy, a certificate, handlers for logging or metrics. Nothing that is
    /// added here can send an order twice or see the key (docs/reliability.md).
    /// </summary>
    /// <param name="configure">Sets up the client, for example by <c>AddHttpMessageHandler</c> or
    /// <c>ConfigurePrimaryHttpMessageHandler</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    IImaNanoBananaBuilder ConfigureHttpClients(Action<IHttpClientBuilder> configure);
}
