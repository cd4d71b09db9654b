using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.DependencyInjection;

internal sealed class ImaNanoBananaBuilder(IServiceCollection services, ImaRegistration registration) : IImaNanoBananaBuilder
{
    public string Name => registration.Name;

    public IServiceCollection Services => services;

    public IImaNanoBananaBuilder ConfigureHttpClients(Action<IHttpClientBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        configure(services.AddHttpClient(registration.ClientName));
        return this;
    }
}
