using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Client;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Options;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>Creates the client of a tenant from the app's services. Thread-safe.</summary>
internal sealed class TenantComposer(
    IServiceProvider provider,
    IServiceScopeFactory scopes,
    IOptionsMonitor<ImaNanoBananaOptions> options,
    IOptions<ImaImageClientFactoryOptions> factoryOptions,
    TenantKeySource? keys = null)
{
    private readonly ILogger _logger =
        provider.GetService<ILoggerFactory>()?.CreateLogger(ImaClientDefaults.TenantsName) ?? NullLogger.Instance;

    /// <exception cref="OptionsValidationException">The options of the tenant are invalid.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns nothing to dispose; the pool ends its watches.")]
    public Tenant Create(string tenantId)
    {
        var own = Options(tenantId);
        var time = ImaServiceCollectionExtensions.Clock(provider);
        Func<CancellationToken, Task<string?>>? read = keys is null ? null : token => keys.ReadAsync(scopes, tenantId, token);
        var key = new TenantKey(tenantId, read, own.CreateTimeout, factoryOptions.Value, time, new NonThrowingLogger(_logger));
        var journal = AppJournal.Create(Journal(tenantId), time);
        var budget = Part<CreditBudget>(tenantId);
        var client = new ImaImageClient(new ClientParts(
            new TenantHttpClients(
                provider.GetRequiredService<IHttpMessageHandlerFactory>(),
                provider.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>(),
                ImaClientDefaults.TenantsName,
                key),
            own,
            time,
            _logger,
            journal,
            budget,
            Part<IRequestGate>(tenantId)));
        return new Tenant(client, key, journal, budget);
    }

    private ImaNanoBananaOptions Options(string tenantId)
    {
        var own = options.Get(ImaClientDefaults.TenantsName).Copy();
        foreach (var each in provider.GetServices<TenantOptions>())
        {
            each.Configure(tenantId, own);
        }

        return ImaNanoBananaOptionsValidator.Problems(own, ImaClientDefaults.TenantsName) is { Count: > 0 } problems
            ? throw new OptionsValidationException(tenantId, typeof(ImaNanoBananaOptions), problems)
            : own;
    }

    /// <returns>The journal that the app chose; null for one in memory.</returns>
    private ITaskJournal? Journal(string tenantId) => provider.GetService<TenantPart<ITaskJournal>>() is { } part
        ? part.Create(provider, tenantId) ?? throw new InvalidOperationException("The factory of AddJournal returned null.")
        : null;

    private T? Part<T>(string tenantId)
        where T : class => provider.GetService<TenantPart<T>>()?.Create(provider, tenantId);
}
