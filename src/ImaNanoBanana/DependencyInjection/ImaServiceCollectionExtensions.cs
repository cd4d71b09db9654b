using ImaNanoBanana;
using ImaNanoBanana.Client;
using ImaNanoBanana.DependencyInjection;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Options;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Configuration;
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
    /// <param name="configure">Sets options; null leaves the defaults and takes the key from the environment variable
    /// <c>IMA_API_KEY</c>.</param>
    /// <returns>A builder for adding to the registration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <remarks>
    /// A missing key or an impossible option is an <see cref="OptionsValidationException"/> when the host starts and,
    /// without a host, when the client is resolved. A <see cref="TimeProvider"/>, an <see cref="ITaskJournal"/> and a
    /// <see cref="CreditBudget"/> in the container are used. Options are read once, all but the key: one that is rotated is
    /// used from the next request on, and an invalid reload leaves the last valid one.
    /// </remarks>
    public static IImaNanoBananaBuilder AddImaNanoBanana(this IServiceCollection services, Action<ImaNanoBananaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, Options.Options.DefaultName, null, configure);
    }

    /// <summary>Registers the client like the other overload, with options from a configuration section.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="section">The section, its keys named as the properties of <see cref="ImaNanoBananaOptions"/>. A key that is
    /// none of them is refused: it is a typo.</param>
    /// <param name="configure">Sets options on top of the section's; null for none.</param>
    /// <returns>A builder for adding to the registration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IImaNanoBananaBuilder AddImaNanoBanana(
        this IServiceCollection services, IConfiguration section, Action<ImaNanoBananaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, Options.Options.DefaultName, section, configure);
    }

    /// <summary>
    /// Registers a keyed <see cref="IImaImageClient"/>, one of several in a container: a tenant with a key of its own.
    /// Resolve it by <c>[FromKeyedServices(name)]</c>. Clients share nothing: neither key, product list, request limiter,
    /// journal nor budget.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">The service key, and the name of its options.</param>
    /// <param name="configure">Sets options, the key among them: the environment is the unnamed client's only.</param>
    /// <returns>A builder for adding to the registration.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static IImaNanoBananaBuilder AddKeyedImaNanoBanana(
        this IServiceCollection services, string name, Action<ImaNanoBananaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(configure);
        return Add(services, name, null, configure);
    }

    /// <summary>Registers a keyed client like the other overload, with options from a configuration section.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">The service key, and the name of its options.</param>
    /// <param name="section">The section, its keys named as the properties of <see cref="ImaNanoBananaOptions"/>. A key that is
    /// none of them is refused: it is a typo.</param>
    /// <param name="configure">Sets options on top of the section's; null for none.</param>
    /// <returns>A builder for adding to the registration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/>, <paramref name="name"/> or
    /// <paramref name="section"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static IImaNanoBananaBuilder AddKeyedImaNanoBanana(
        this IServiceCollection services, string name, IConfiguration section, Action<ImaNanoBananaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, name, section, configure);
    }

    private static ImaNanoBananaBuilder Add(
        IServiceCollection services, string name, IConfiguration? section, Action<ImaNanoBananaOptions>? configure)
    {
        var options = services.AddOptions<ImaNanoBananaOptions>(name).ValidateOnStart();

        // First in the list, so that whatever the app configures, before or after this call, has the last word.
        if (!services.Any(service => service.ImplementationType == typeof(PromptCapture)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<ImaNanoBananaOptions>, PromptCapture>());
        }

        if (section is not null)
        {
            options.Configure(bound => Bind(section, bound, name));
            services.AddSingleton<IOptionsChangeTokenSource<ImaNanoBananaOptions>>(
                new ConfigurationChangeTokenSource<ImaNanoBananaOptions>(name, section));
            services.AddSingleton<IValidateOptions<ImaNanoBananaOptions>>(new SectionKeys(name, section));
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ImaNanoBananaOptions>, ImaNanoBananaOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ImaNanoBananaOptions>, EnvironmentKey>());

        var registration = new ImaRegistration(name);
        services.AddSingleton(registration);
        services.TryAddSingleton<ClientSettingsStore>();
        services.AddHttpClient(registration.ClientName)
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(PrimaryHandler.ConfigureDefault);

        // First in the list, and so last to act: see WireHandlerFilter.
        if (!services.Any(service => service.ImplementationType == typeof(WireHandlerFilter)))
        {
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, WireHandlerFilter>());
        }

        if (name.Length == 0)
        {
            services.TryAddSingleton(provider => DefaultJournal(provider));
            services.TryAddSingleton<IImaImageClient>(provider => Client(
                provider, registration, provider.GetRequiredService<ITaskJournal>(), provider.GetService<CreditBudget>()));
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => DefaultJournal(provider));
            services.TryAddKeyedSingleton<IImaImageClient>(name, (provider, _) => Client(
                provider,
                registration,
                provider.GetRequiredKeyedService<ITaskJournal>(name),
                provider.GetKeyedService<CreditBudget>(name)));
        }

        return new ImaNanoBananaBuilder(services, registration);
    }

    /// <exception cref="OptionsValidationException">A value cannot be read.</exception>
    private static void Bind(IConfiguration section, ImaNanoBananaOptions options, string name)
    {
        try
        {
            section.Bind(options);

            // The binder cannot read a value of the SDK's own types.
            options.Language = section[nameof(options.Language)] is { } code ? new ImaLanguage(code) : options.Language;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new OptionsValidationException(name, typeof(ImaNanoBananaOptions), [exception.Message]);
        }
    }

    private static ITaskJournal DefaultJournal(IServiceProvider provider) => AppJournal.Create(null, Clock(provider));

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static ImaImageClient Client(
        IServiceProvider provider, ImaRegistration registration, ITaskJournal journal, CreditBudget? budget) =>
        new(new ClientParts(
            new FactoryHttpClients(provider.GetRequiredService<IHttpClientFactory>(), registration.ClientName),
            provider.GetRequiredService<ClientSettingsStore>().Find(registration.ClientName)!.Options,
            Clock(provider),
            provider.GetService<ILoggerFactory>()?.CreateLogger(registration.ClientName) ?? NullLogger.Instance,
            journal,
            budget));
}
