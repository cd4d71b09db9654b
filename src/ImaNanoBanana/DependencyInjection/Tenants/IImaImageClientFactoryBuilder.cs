using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana;

/// <summary>
/// Configures the clients of an <see cref="IImaImageClientFactory"/>; returned by <c>AddImaImageClientFactory()</c>.
/// </summary>
public interface IImaImageClientFactoryBuilder
{
    /// <summary>Gets the app's services.</summary>
    IServiceCollection Services { get; }

    /// <summary>
    /// Configures the HTTP clients that all tenants share, for example with a proxy or with handlers for logging and metrics. Handlers
    /// that are added here cannot send a create request twice and cannot see a key.
    /// </summary>
    /// <param name="configure">Configures the client, for example with <c>AddHttpMessageHandler</c>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="configure"/> is null.</exception>
    IImaImageClientFactoryBuilder ConfigureHttpClients(Action<IHttpClientBuilder> configure);
}
