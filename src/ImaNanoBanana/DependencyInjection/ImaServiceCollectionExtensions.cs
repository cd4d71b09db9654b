using ImaNanoBanana;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the Nano Banana image client.</summary>
public static class ImaServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IImaImageClient"/> as a singleton. Its requests go through <see cref="IHttpClientFactory"/>,
    /// so an app's handlers, proxies and defaults apply; none of them can make it buy twice (docs/reliability.md).
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets options; null leaves the defaults and takes the key from the environment variable <c>IMA_API_KEY</c>.</param>
    /// <returns>A builder for adding to the registration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <remarks>
    /// A missing key or an impossible option is an <see cref="OptionsValidationException"/> when the host starts and,
    /// without a host, when the client is resolved. A <see cref="TimeProvider"/> in the container is used.
    /// </remarks>
    public static IImaNanoBananaBuilder AddImaNanoBanana(this IServiceCollection services, Action<ImaNanoBananaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        var options = services.AddOptions<ImaNanoBananaOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImaNanoBananaOptions>, ImaNanoBananaOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ImaNanoBananaOptions>, EnvironmentKey>());

        services.AddHttpClient(ImaClientDefaults.HttpClientName)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(PrimaryHandler.ConfigureDefault);

        // First in the list, and so last to act: see WireHandlerFilter.
        if (!services.Any(service => service.ImplementationType == typeof(WireHandlerFilter)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, WireHandlerFilter>());
        }

        services.TryAddSingleton<IImaImageClient>(provider =>
        {
            var factory = provider.GetRequiredService<IHttpClientFactory>();
            return new ImaImageClient(
                () => HttpClients.Create(factory),
                provider.GetRequiredService<IOptions<ImaNanoBananaOptions>>().Value,
                provider.GetService<TimeProvider>() ?? TimeProvider.System,
                provider.GetService<ILoggerFactory>()?.CreateLogger("ImaNanoBanana") ?? NullLogger.Instance);
        });
        return new ImaNanoBananaBuilder(services, ImaClientDefaults.HttpClientName);
    }
}
