using ImaNanoBanana;
using ImaNanoBanana.DependencyInjection.Tenants;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Configures what each tenant of an <see cref="IImaImageClientFactory"/> gets. The callbacks are called when a tenant makes its first
/// call, and again when it makes a call after it was idle. Those of the options and the budget are also called again after
/// <see cref="ImaImageClientFactoryOptions.SettingsLifetime"/>. The factory does not dispose what they return.
/// </summary>
public static class ImaImageClientFactoryBuilderExtensions
{
    /// <summary>Sets the options of each tenant: time limits, request rate, the most credits of one request.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="configure">Receives the id of the tenant and its options. It does not set
    /// <see cref="ImaNanoBananaOptions.ApiKey"/>.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaImageClientFactoryBuilder ConfigureOptions(
        this IImaImageClientFactoryBuilder builder, Action<string, ImaNanoBananaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        builder.Services.AddSingleton(new TenantOptions(configure));
        return builder;
    }

    /// <summary>
    /// Stores the submissions of all tenants in a folder, each under the id of its tenant, so that they survive a crash. A tenant never
    /// finds or resumes the submissions of another.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="folder">The folder, on a disk that outlives the process. It is created with the first submission.</param>
    /// <param name="retention">How long finished submissions are kept; 30 days when null.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    public static IImaImageClientFactoryBuilder AddFileJournal(
        this IImaImageClientFactoryBuilder builder, string folder, TimeSpan? retention = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return builder.AddJournal((provider, tenantId) =>
            new FileTaskJournal(folder, tenantId, retention, provider.GetService<TimeProvider>()));
    }

    /// <summary>Stores the submissions of each tenant in a journal of the app, for example in a database.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="create">Creates the journal of a tenant. It must separate the tenants, and outlive the tenant's idle times.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaImageClientFactoryBuilder AddJournal(
        this IImaImageClientFactoryBuilder builder, Func<IServiceProvider, string, ITaskJournal> create) => builder.AddPart(create);

    /// <summary>Limits what the calls of each tenant may spend together; every tenant has this budget for itself.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="credits">The most credits of one tenant.</param>
    /// <param name="period">The length of the sliding period that the limit applies to; null for the lifetime of the process and everything
    /// that the journal of the tenant holds.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative, or <paramref name="period"/> is not
    /// positive.</exception>
    public static IImaImageClientFactoryBuilder AddCreditBudget(
        this IImaImageClientFactoryBuilder builder, decimal credits, TimeSpan? period = null)
    {
        CreditBudget.Check(credits, period);
        return builder.AddCreditBudget((provider, _) => new CreditBudget(credits, period, provider.GetService<TimeProvider>()));
    }

    /// <summary>Limits what each tenant may spend, by its plan.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="create">Creates the budget of a tenant, with an <see cref="ICreditLedger"/> where several processes share it; null for
    /// no limit.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaImageClientFactoryBuilder AddCreditBudget(
        this IImaImageClientFactoryBuilder builder, Func<IServiceProvider, string, CreditBudget?> create) => builder.AddPart(create);

    /// <summary>
    /// Sends the requests of each tenant when its gate permits it. It replaces <see cref="ImaNanoBananaOptions.RequestsPerSecond"/>.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="create">Creates or finds the gate of a tenant; null for a limiter in this process.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaImageClientFactoryBuilder AddRequestGate(
        this IImaImageClientFactoryBuilder builder, Func<IServiceProvider, string, IRequestGate?> create) => builder.AddPart(create);

    private static IImaImageClientFactoryBuilder AddPart<T>(
        this IImaImageClientFactoryBuilder builder, Func<IServiceProvider, string, T?> create)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        builder.Services.AddSingleton(new TenantPart<T>(create));
        return builder;
    }
}
