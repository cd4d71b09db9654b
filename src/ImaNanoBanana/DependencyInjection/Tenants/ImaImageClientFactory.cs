using ImaNanoBanana.Options;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>The factory of the container.</summary>
internal sealed class ImaImageClientFactory(TenantComposer composer, ImaImageClientFactoryOptions options, TimeProvider time)
    : IImaImageClientFactory, IDisposable
{
    /// <summary>The tenants that are kept. Tests count them.</summary>
    internal TenantPool Pool { get; } = new(composer.Create, composer.Refresh, options, time);

    public IImaImageClient CreateClient(string tenantId, string? apiKey = null)
    {
        CheckId(tenantId);
        if (apiKey is null)
        {
            return new TenantImageClient(Pool, tenantId, Pool.Keys.Find(tenantId));
        }

        if (ApiKeyProblem.Find(apiKey, tenantId) is { } problem)
        {
            throw new OptionsValidationException(tenantId, typeof(ImaNanoBananaOptions), [problem]);
        }

        return new TenantImageClient(Pool, tenantId, Pool.Keys.Pass(tenantId, apiKey.Trim()));
    }

    public ITaskJournal GetJournal(string tenantId)
    {
        CheckId(tenantId);
        return new TenantJournal(Pool, tenantId);
    }

    public void Refresh(string tenantId)
    {
        CheckId(tenantId);
        Pool.Expire(tenantId);
    }

    public async ValueTask<CreditUsage?> GetBudgetUsageAsync(string tenantId, CancellationToken cancellationToken = default)
    {
        CheckId(tenantId);
        using var lease = Pool.Acquire(tenantId);
        return lease.Tenant.Budget is { IsLimited: true } budget
            ? await budget.GetUsageAsync(cancellationToken).ConfigureAwait(false)
            : null;
    }

    public void Dispose() => Pool.Dispose();

    private static void CheckId(string tenantId)
    {
        if (string.IsNullOrWhiteSpace(tenantId))
        {
            throw new ArgumentException(
                "The id of the tenant is missing. Pass the id under which your app stores the tenant; it must not change.",
                nameof(tenantId));
        }
    }
}
