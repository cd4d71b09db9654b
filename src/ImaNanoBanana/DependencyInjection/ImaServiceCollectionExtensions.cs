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
    /// without a host, when the client is resolved. A <see cref="TimeProvider"/> and an <see cref="ITaskJournal"/> in the container are used.
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
                provider.GetService<ILoggerFactory>()?.CreateLogger("ImaNanoBanana") ?? NullLogger.Instance,
                provider.GetService<ITaskJournal>());
        });
        return new ImaNanoBananaBuilder(services, ImaClientDefaults.HttpClientName);
    }

    /// <summary>
    /// Lets the client keep its purchases in a folder, so that they survive a crash and an operation key is bought once by
    /// all processes that share the folder; see docs/resume.md.
    /// </summary>
    /// <param name="builder">What <c>AddImaNanoBanana()</c> returned.</param>
    /// <param name="folder">The folder, on a disk that outlives the process; created with the first order.</param>
    /// <param name="retention">How long finished purchases are kept; 30 days when null.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    public static IImaNanoBananaBuilder AddFileJournal(this IImaNanoBananaBuilder builder, string folder, TimeSpan? retention = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        builder.Services.AddSingleton<ITaskJournal>(provider =>
            new FileTaskJournal(folder, retention: retention, timeProvider: provider.GetService<TimeProvider>()));
        return builder;
    }
}
