using Microsoft.Extensions.Options;

namespace ImaNanoBanana;

/// <summary>
/// Creates clients for tenants that are known only at run time, for example from a database. Register it with
/// <c>AddImaImageClientFactory()</c>. All clients share connections. Each tenant has its own API key, product list, request limiter,
/// journal and budget.
/// </summary>
/// <remarks>Thread-safe; a singleton.</remarks>
public interface IImaImageClientFactory
{
    /// <summary>Creates a client for a tenant. Reads no key and sends nothing: the first call of the client does.</summary>
    /// <param name="tenantId">
    /// Identifies the tenant, case-sensitive. It is also the registration of the tenant's submissions in the journal, so it must stay
    /// the same across restarts.
    /// </param>
    /// <param name="apiKey">
    /// The API key of the tenant; null to use the callback of <c>AddImaImageClientFactory()</c>. A tenant has one key at a time: the key
    /// that was passed last is used for all further requests of the tenant, until the service rejects it and the callback returns another.
    /// </param>
    /// <returns>
    /// The client. It is cheap, need not be disposed, and works for as long as the app keeps it: what the SDK keeps for an idle tenant is
    /// dropped after a while and created again by the next call.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="tenantId"/> is null or empty.</exception>
    /// <exception cref="OptionsValidationException"><paramref name="apiKey"/> is empty or malformed. The message does not show
    /// it.</exception>
    /// <example>
    /// <code>
    /// var client = factory.CreateClient(tenantId);
    /// var result = await client.GenerateAsync(new ImageRequest("a cat in the rain"));
    /// </code>
    /// </example>
    IImaImageClient CreateClient(string tenantId, string? apiKey = null);

    /// <summary>
    /// Gets the journal of a tenant, to list its entries and to resolve unknown outcomes with <c>AttachTaskAsync</c> or
    /// <c>RemoveAsync</c>. Like a client, it works for as long as the app keeps it.
    /// </summary>
    /// <param name="tenantId">The tenant.</param>
    /// <returns>The journal, with the submissions of this tenant only.</returns>
    /// <exception cref="ArgumentException"><paramref name="tenantId"/> is null or empty.</exception>
    ITaskJournal GetJournal(string tenantId);

    /// <summary>
    /// Gets what a tenant has spent from its budget. A budget in memory counts the submissions in the journal from the first submission
    /// after a start, or after an idle time, on.
    /// </summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The usage in credits; null if the tenant has no budget.</returns>
    /// <exception cref="ArgumentException"><paramref name="tenantId"/> is null or empty.</exception>
    ValueTask<CreditUsage?> GetBudgetUsageAsync(string tenantId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads the key, the options and the budget of a tenant again with its next call, for example after its plan has changed. Otherwise
    /// they are read again after <see cref="ImaImageClientFactoryOptions.ApiKeyLifetime"/> and
    /// <see cref="ImaImageClientFactoryOptions.SettingsLifetime"/>. Calls that are running continue unchanged, and what was spent stays
    /// counted. A key that was passed to <see cref="CreateClient"/> stays in use.
    /// </summary>
    /// <param name="tenantId">The tenant.</param>
    /// <exception cref="ArgumentException"><paramref name="tenantId"/> is null or empty.</exception>
    void Refresh(string tenantId);
}
