using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Client;
using ImaNanoBanana.Diagnostics;
using ImaNanoBanana.Journal;
using ImaNanoBanana.Masking;
using ImaNanoBanana.Options;
using ImaNanoBanana.Transport;
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
    public Tenant Create(string tenantId)
    {
        var own = Options(tenantId);
        Func<CancellationToken, Task<string?>>? read = keys is null ? null : token => keys.ReadAsync(scopes, tenantId, token);
        var key = new TenantKey(tenantId, read, own.CreateTimeout, factoryOptions.Value, Time, new NonThrowingLogger(_logger));
        var journal = AppJournal.Create(Journal(tenantId), Time);
        return Compose(tenantId, key, journal, Part<IRequestGate>(tenantId), own, Part<CreditBudget>(tenantId));
    }

    /// <summary>Reads the options and the budget of a tenant again. If they cannot be read, the last ones stay in use.</summary>
    /// <returns>The same tenant if nothing has changed; otherwise one with the same key, journal and gate.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The app's callbacks may throw anything; the last settings stay in use.")]
    public Tenant Refresh(string tenantId, Tenant last)
    {
        try
        {
            var own = Options(tenantId);
            var budget = CreditBudget.Continue(last.Budget, Part<CreditBudget>(tenantId));
            if (own.HasSameValues(last.Options) && ReferenceEquals(budget, last.Budget))
            {
                return last;
            }

            last.Key.UseTimeout(own.CreateTimeout);
            return Compose(tenantId, last.Key, last.Journal, last.Gate, own, budget);
        }
        catch (Exception exception)
        {
            var reason = UntrustedText.Line(AppCallback.Message(exception))!;
            ImaLog.TenantSettingsNotRead(new NonThrowingLogger(_logger), UntrustedText.Line(tenantId)!, reason);
            return last;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns nothing to dispose; the pool ends its watches.")]
    private Tenant Compose(
        string tenantId, TenantKey key, AppJournal journal, IRequestGate? gate, ImaNanoBananaOptions own, CreditBudget? budget)
    {
        var clients = new TenantHttpClients(
            provider.GetRequiredService<IHttpMessageHandlerFactory>(),
            provider.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>(),
            ImaClientDefaults.TenantsName,
            key);
        var client = new ImaImageClient(
            new ClientParts(clients, own, Time, new TenantLogger(_logger, tenantId), journal, budget, gate));
        return new Tenant(client, key, journal, gate, own, budget);
    }

    private TimeProvider Time => ImaServiceCollectionExtensions.Clock(provider);

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
