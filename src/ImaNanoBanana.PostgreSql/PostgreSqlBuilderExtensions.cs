using ImaNanoBanana;
using ImaNanoBanana.Storage;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a journal, a credit ledger and a request gate in a PostgreSQL database to the registration of a client.</summary>
/// <remarks>
/// Without a container, create <see cref="PostgreSqlTaskJournal"/>, <see cref="PostgreSqlCreditLedger"/> and
/// <see cref="PostgreSqlRequestGate"/> and pass them in <see cref="ImaImageClientServices"/>.
/// </remarks>
public static class PostgreSqlBuilderExtensions
{
    /// <summary>
    /// Shares the journal, the budget and the request rate of the client with all machines that use the same database. A budget is added
    /// with <c>AddCreditBudget</c>; the rate is <see cref="ImaNanoBananaOptions.RequestsPerSecond"/>.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="connectionString">The connection string. The container closes the connections.</param>
    /// <param name="configure">Sets the schema and the retention; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is empty.</exception>
    /// <example>
    /// <code>
    /// builder.Services.AddImaNanoBanana()
    ///     .AddPostgreSql("Host=db;Username=images;Password=...;Database=studio")
    ///     .AddCreditBudget(500, TimeSpan.FromDays(1));
    /// </code>
    /// </example>
    public static IImaNanoBananaBuilder AddPostgreSql(
        this IImaNanoBananaBuilder builder, string connectionString, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return builder.AddAll(builder.AddStore(
            provider => PostgreSqlStore.Create(connectionString, Configured(configure), provider.GetService<TimeProvider>())));
    }

    /// <inheritdoc cref="AddPostgreSql(IImaNanoBananaBuilder, string, Action{PostgreSqlOptions}?)" path="/*[not(self::param)]"/>
    /// <param name="builder">The registration.</param>
    /// <param name="dataSource">The database. The caller disposes it.</param>
    /// <param name="configure">Sets the schema and the retention; null for the defaults.</param>
    public static IImaNanoBananaBuilder AddPostgreSql(
        this IImaNanoBananaBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlOptions>? configure = null) =>
        builder.AddAll(builder.AddStore(dataSource, configure));

    /// <summary>Shares the journal only.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="dataSource">The database. The caller disposes it.</param>
    /// <param name="configure">Sets the schema and the retention; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaNanoBananaBuilder AddPostgreSqlJournal(
        this IImaNanoBananaBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlOptions>? configure = null) =>
        builder.AddJournal(builder.AddStore(dataSource, configure));

    /// <summary>Shares the budget of <c>AddCreditBudget</c> only. The journal is somewhere else, so the reservation of a process that is
    /// gone counts as spent.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="dataSource">The database. The caller disposes it.</param>
    /// <param name="configure">Sets the schema; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaNanoBananaBuilder AddPostgreSqlCreditLedger(
        this IImaNanoBananaBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlOptions>? configure = null) =>
        builder.AddLedger(builder.AddStore(dataSource, configure), hasJournal: false);

    /// <summary>Shares the request rate only: <see cref="ImaNanoBananaOptions.RequestsPerSecond"/> of all machines together.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="dataSource">The database. The caller disposes it.</param>
    /// <param name="configure">Sets the schema; null for the defaults.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaNanoBananaBuilder AddPostgreSqlRequestGate(
        this IImaNanoBananaBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlOptions>? configure = null) =>
        builder.AddGate(builder.AddStore(dataSource, configure));

    private static PostgreSqlOptions Configured(Action<PostgreSqlOptions>? configure)
    {
        var options = new PostgreSqlOptions();
        configure?.Invoke(options);
        return options;
    }

    private static object AddStore(this IImaNanoBananaBuilder builder, NpgsqlDataSource dataSource, Action<PostgreSqlOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(dataSource);
        return builder.AddStore(
            provider => PostgreSqlStore.Create(dataSource, Configured(configure), provider.GetService<TimeProvider>()));
    }

    /// <returns>The key of the store in the container, which disposes it.</returns>
    private static object AddStore(this IImaNanoBananaBuilder builder, Func<IServiceProvider, PostgreSqlStore> create)
    {
        var key = new object();
        builder.Services.AddKeyedSingleton(key, (provider, _) => create(provider));
        return key;
    }

    private static IImaNanoBananaBuilder AddAll(this IImaNanoBananaBuilder builder, object store) =>
        builder.AddJournal(store).AddLedger(store, hasJournal: true).AddGate(store);

    private static IImaNanoBananaBuilder AddJournal(this IImaNanoBananaBuilder builder, object store) =>
        builder.AddJournal(provider => new PostgreSqlTaskJournal(Store(provider, store), builder.Name));

    private static IImaNanoBananaBuilder AddLedger(this IImaNanoBananaBuilder builder, object store, bool hasJournal) =>
        builder.AddCreditLedger(provider => new PostgreSqlCreditLedger(Store(provider, store), hasJournal));

    private static IImaNanoBananaBuilder AddGate(this IImaNanoBananaBuilder builder, object store) =>
        builder.AddRequestGate(provider =>
        {
            var options = provider.GetRequiredService<IOptionsMonitor<ImaNanoBananaOptions>>().Get(builder.Name);
            var name = builder.Name.Length == 0 ? "default" : builder.Name;
            return new PostgreSqlRequestGate(Store(provider, store), name, options.RequestsPerSecond, options.RequestBurst);
        });

    private static PostgreSqlStore Store(IServiceProvider provider, object key) =>
        provider.GetRequiredKeyedService<PostgreSqlStore>(key);
}
