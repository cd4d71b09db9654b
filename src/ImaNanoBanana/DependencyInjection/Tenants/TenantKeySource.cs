using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.DependencyInjection.Tenants;

/// <summary>The app's callback that returns the key of a tenant.</summary>
internal sealed class TenantKeySource(Func<IServiceProvider, string, CancellationToken, ValueTask<string?>> getApiKey)
{
    /// <summary>Calls the app in a scope of its own. The scope ends with the callback, also if no one waits for it any more.</summary>
    public async Task<string?> ReadAsync(IServiceScopeFactory scopes, string tenantId, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            return await getApiKey(scope.ServiceProvider, tenantId, cancellationToken).ConfigureAwait(false);
        }
    }
}
