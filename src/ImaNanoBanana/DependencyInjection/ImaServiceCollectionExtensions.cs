using ImaNanoBanana;
using ImaNanoBanana.Client;
using ImaNanoBanana.DependencyInjection;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the Nano Banana image client in a service collection.</summary>
public static class ImaServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="IImaImageClient"/> as a singleton. Its requests go through <see cref="IHttpClientFactory"/>, so the
    /// app's handlers, proxies and defaults apply. None of them can send a create request twice.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets options; null for the defaults, with the key from the environment variable
    /// <c>IMA_API_KEY</c>.</param>
    /// <returns>A builder that configures the registration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    /// <remarks>
    /// <para>A missing key or an invalid option throws <see cref="OptionsValidationException"/> when the host starts or, without a
    /// host, when the client is resolved. Options are read once, except for the key: a rotated key takes effect with the next
    /// request, and an invalid reload leaves the last valid key in use.</para>
    /// <para>The client uses the container's <see cref="TimeProvider"/>, <see cref="CreditBudget"/> and
    /// <see cref="ITaskJournal"/>. Without a journal of the app, an <see cref="ITaskJournal"/> in memory is registered; add a
    /// journal with <c>AddFileJournal</c> or <c>AddJournal</c>, or register one before this call.</para>
    /// </remarks>
    /// <example>
    /// <code>
    /// var builder = Host.CreateApplicationBuilder(args);
    /// builder.Services.AddImaNanoBanana().AddFileJournal("/var/lib/my-app/images").AddCreditBudget(500, TimeSpan.FromDays(1));
    /// </code>
    /// </example>
    public static IImaNanoBananaBuilder AddImaNanoBanana(this IServiceCollection services, Action<ImaNanoBananaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add(services, Options.Options.DefaultName, null, configure);
    }

    /// <summary>Registers the client with options from a configuration section.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="section">
    /// The section. Its keys have the names of the properties of <see cref="ImaNanoBananaOptions"/>. <c>Journal:Folder</c> and
    /// <c>Journal:Retention</c> add a file journal, <c>Budget:Credits</c> and <c>Budget:Period</c> a budget, unless the code of the app
    /// adds one. A key that is close to one of these is rejected as a typo; other keys of the app are allowed.
    /// </param>
    /// <param name="configure">Sets options after the section; null for none.</param>
    /// <returns>A builder that configures the registration.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="section"/> is null.</exception>
    public static IImaNanoBananaBuilder AddImaNanoBanana(
        this IServiceCollection services, IConfiguration section, Action<ImaNanoBananaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        return Add(services, Options.Options.DefaultName, section, configure);
    }

    /// <summary>
    /// Registers a keyed <see cref="IImaImageClient"/>, one of several in a container, for example one for each tenant. Resolve it
    /// with <c>[FromKeyedServices(name)]</c>. Clients share no state: each has its own API key, product list, request limiter,
    /// journal and budget.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">The service key, and the name of its options.</param>
    /// <param name="configure">Sets options, including the key: the environment variable applies to the unnamed client only.</param>
    /// <returns>A builder that configures the registration.</returns>
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

    /// <summary>Registers a keyed client with options from a configuration section.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">The service key, and the name of its options.</param>
    /// <param name="section">
    /// The section. Its keys have the names of the properties of <see cref="ImaNanoBananaOptions"/>. <c>Journal:Folder</c> and
    /// <c>Journal:Retention</c> add a file journal, <c>Budget:Credits</c> and <c>Budget:Period</c> a budget, unless the code of the app
    /// adds one. A key that is close to one of these is rejected as a typo; other keys of the app are allowed.
    /// </param>
    /// <param name="configure">Sets options after the section; null for none.</param>
    /// <returns>A builder that configures the registration.</returns>
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
        var registration = ClientPipeline.Add(services, new ImaRegistration(name), section, configure);
        if (name.Length == 0)
        {
            services.TryAddSingleton<ITaskJournal>(provider => DefaultJournal(provider, name));
            services.TryAddSingleton<CreditBudget>(provider => ConfiguredBudget(provider, name)!);
            services.TryAddSingleton<IImaImageClient>(provider => Client(
                provider,
                registration,
                provider.GetRequiredService<ITaskJournal>(),
                provider.GetService<CreditBudget>(),
                provider.GetService<IRequestGate>()));
        }
        else
        {
            if (!services.Any(IsJournalOfEveryKey))
            {
                services.TryAddKeyedSingleton<ITaskJournal>(name, (provider, _) => DefaultJournal(provider, name));
            }

            services.TryAddKeyedSingleton<CreditBudget>(name, (provider, _) => ConfiguredBudget(provider, name)!);
            services.TryAddKeyedSingleton<IImaImageClient>(name, (provider, _) => Client(
                provider,
                registration,
                provider.GetRequiredKeyedService<ITaskJournal>(name),
                provider.GetKeyedService<CreditBudget>(name),
                provider.GetKeyedService<IRequestGate>(name)));
        }

        return new ImaNanoBananaBuilder(services, registration);
    }

    private static bool IsJournalOfEveryKey(ServiceDescriptor service) =>
        service.ServiceType == typeof(ITaskJournal) && service.IsKeyedService && service.ServiceKey == KeyedService.AnyKey;

    /// <returns>The journal of the configuration; one in memory if there is none.</returns>
    private static AppJournal DefaultJournal(IServiceProvider provider, string name)
    {
        var time = Clock(provider);
        var journal = Section(provider, name)?.Parts is { Folder: { } folder, Retention: var retention }
            ? new FileTaskJournal(folder, name, retention, time)
            : null;
        return AppJournal.Create(journal, time);
    }

    /// <returns>The budget of the configuration; null if there is none.</returns>
    private static CreditBudget? ConfiguredBudget(IServiceProvider provider, string name) =>
        Section(provider, name)?.Parts is { Credits: { } credits, Period: var period }
            ? ImaNanoBananaBuilderExtensions.CreateBudget(provider, name, credits, period)
            : null;

    private static SectionKeys? Section(IServiceProvider provider, string name) =>
        provider.GetServices<SectionKeys>().LastOrDefault(section => section.Name == name);

    internal static TimeProvider Clock(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static ImaImageClient Client(
        IServiceProvider provider, ImaRegistration registration, ITaskJournal journal, CreditBudget? budget, IRequestGate? gate)
    {
        var options = provider.GetRequiredService<ClientSettingsStore>().Find(registration.ClientName)!.Options;
        var logger = provider.GetService<ILoggerFactory>()?.CreateLogger(registration.ClientName) ?? NullLogger.Instance;
        if (Section(provider, registration.Name)?.Missing is { } missing)
        {
            ImaLog.SectionMissing(new NonThrowingLogger(logger), UntrustedText.Line(missing) ?? "");
        }

        foreach (var key in Section(provider, registration.Name)?.Unknown ?? [])
        {
            ImaLog.KeyNotUsed(new NonThrowingLogger(logger), UntrustedText.Line(key) ?? "");
        }

        return new ImaImageClient(new ClientParts(
            new FactoryHttpClients(provider.GetRequiredService<IHttpClientFactory>(), registration.ClientName),
            options,
            Clock(provider),
            logger,
            journal as AppJournal ?? AppJournal.Create(journal, Clock(provider)),
            budget,
            gate));
    }
}
