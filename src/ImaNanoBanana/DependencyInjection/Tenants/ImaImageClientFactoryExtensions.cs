using ImaNanoBanana;
using ImaNanoBanana.DependencyInjection;
using ImaNanoBanana.DependencyInjection.Tenants;
using ImaNanoBanana.Options;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the factory of clients for tenants that are known only at run time.</summary>
public static class ImaImageClientFactoryExtensions
{
    /// <summary>Registers <see cref="IImaImageClientFactory"/> as a singleton. Tenants that are known at start-up use
    /// <c>AddKeyedImaNanoBanana()</c> instead.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="getApiKey">
    /// Returns the API key of a tenant; null if the tenant does not exist or has no key. It receives the services of a scope that lasts for
    /// this call, the id of the tenant, and a token that is cancelled after <see cref="ImaImageClientFactoryOptions.ApiKeyTimeout"/>. It
    /// is called with the first request of a tenant, after <see cref="ImaImageClientFactoryOptions.ApiKeyLifetime"/>, and after the service
    /// rejected the key.
    /// </param>
    /// <param name="configure">Sets how clients and keys are kept; null for the defaults.</param>
    /// <returns>A builder that configures what each tenant gets.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> or <paramref name="getApiKey"/> is null.</exception>
    /// <remarks>
    /// If the callback throws or takes too long, the last valid key of the tenant stays in use. Without one, the call fails with
    /// <see cref="ImaErrorKind.NotSent"/>. If it returns no key, the call fails with <see cref="ImaErrorKind.Unauthorized"/>. In both
    /// cases, nothing is sent.
    /// </remarks>
    /// <example>
    /// <code>
    /// builder.Services.AddImaImageClientFactory((services, tenantId, cancellationToken) =>
    ///         services.GetRequiredService&lt;TenantDatabase&gt;().FindApiKeyAsync(tenantId, cancellationToken))
    ///     .AddFileJournal("/var/lib/my-app/images")
    ///     .AddCreditBudget(500, TimeSpan.FromDays(1));
    /// </code>
    /// </example>
    public static IImaImageClientFactoryBuilder AddImaImageClientFactory(
        this IServiceCollection services,
        Func<IServiceProvider, string, CancellationToken, ValueTask<string?>> getApiKey,
        Action<ImaImageClientFactoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(getApiKey);
        services.AddSingleton(new TenantKeySource(getApiKey));
        return services.AddImaImageClientFactory(configure);
    }

    /// <summary>Registers <see cref="IImaImageClientFactory"/> for an app that passes the key of the tenant to
    /// <see cref="IImaImageClientFactory.CreateClient"/>.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets how clients are kept; null for the defaults.</param>
    /// <returns>A builder that configures what each tenant gets.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IImaImageClientFactoryBuilder AddImaImageClientFactory(
        this IServiceCollection services, Action<ImaImageClientFactoryOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<ImaImageClientFactoryOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ImaImageClientFactoryOptions>, ImaImageClientFactoryOptionsValidator>());
        var registration = ClientPipeline.Add(services, new ImaRegistration(ImaClientDefaults.TenantsName), null, null);
        services.TryAddSingleton<TenantComposer>();
        services.TryAddSingleton<IImaImageClientFactory>(provider => new ImaImageClientFactory(
            provider.GetRequiredService<TenantComposer>(),
            provider.GetRequiredService<IOptions<ImaImageClientFactoryOptions>>().Value,
            ImaServiceCollectionExtensions.Clock(provider)));
        return new ImaImageClientFactoryBuilder(services, registration);
    }
}
