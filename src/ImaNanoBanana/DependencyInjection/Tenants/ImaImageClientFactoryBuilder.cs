using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.DependencyInjection.Tenants;

internal sealed class ImaImageClientFactoryBuilder(IServiceCollection services, ImaRegistration registration)
    : IImaImageClientFactoryBuilder
{
    public IServiceCollection Services => services;

    public IImaImageClientFactoryBuilder ConfigureHttpClients(Action<IHttpClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(services.AddHttpClient(registration.ClientName));
        return this;
    }
}
