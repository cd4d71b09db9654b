using ImaNanoBanana;
using ImaNanoBanana.Journal;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a journal, a budget, a ledger or a request gate to the registration of a client.</summary>
public static class ImaNanoBananaBuilderExtensions
{
    /// <summary>
    /// Stores the submissions of the client in a folder, so that they survive a crash and all processes that share the folder
    /// submit an idempotency key once. Several keyed clients may share one folder.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="folder">The folder, on a disk that outlives the process. It is created with the first submission.</param>
    /// <param name="retention">How long finished submissions are kept; 30 days when null.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <example>
    /// <code>
    /// builder.Services.AddImaNanoBanana().AddFileJournal("/var/lib/my-app/images");
    /// </code>
    /// </example>
    public static IImaNanoBananaBuilder AddFileJournal(this IImaNanoBananaBuilder builder, string folder, TimeSpan? retention = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return builder.AddJournal(provider =>
            new FileTaskJournal(folder, builder.Name, retention, provider.GetService<TimeProvider>()));
    }

    /// <summary>
    /// Stores the submissions of the client in a journal of the app, for example in a database. The app resolves
    /// <see cref="ITaskJournal"/> (keyed for a keyed client) to list its entries and to resolve unknown outcomes.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="create">Creates the journal from the app's services; called once. The container disposes the journal. The factory
    /// must not resolve <see cref="ITaskJournal"/> itself, only concrete types.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaNanoBananaBuilder AddJournal(this IImaNanoBananaBuilder builder, Func<IServiceProvider, ITaskJournal> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);

        // A service of its own, so that the container disposes the app's journal.
        var key = new object();
        builder.Services.AddKeyedSingleton<ITaskJournal>(
            key, (provider, _) => create(provider) ?? throw new InvalidOperationException("The factory of AddJournal returned null."));
        return builder.AddOwn<ITaskJournal>(provider => AppJournal.Create(
            provider.GetRequiredKeyedService<ITaskJournal>(key), ImaServiceCollectionExtensions.Clock(provider)));
    }

    /// <summary>
    /// Limits what all calls of the client may spend together. A submission that would exceed the budget throws
    /// <see cref="ImaErrorKind.BudgetExceeded"/> before it is sent. The app can resolve the <see cref="CreditBudget"/>.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="credits">The most credits.</param>
    /// <param name="period">The length of the sliding period that the limit applies to; null for the lifetime of the process
    /// and everything that its journal holds.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>If the registration has an <see cref="ICreditLedger"/>, the ledger counts the budget in an account with the name of
    /// the registration, or <c>default</c> for the unnamed client. All processes that share the ledger then share the budget.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative, or <paramref name="period"/> is not
    /// positive.</exception>
    public static IImaNanoBananaBuilder AddCreditBudget(this IImaNanoBananaBuilder builder, decimal credits, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CreditBudget.Check(credits, period);
        return builder.AddOwn(provider => CreateBudget(provider, builder.Name, credits, period));
    }

    /// <summary>Counts the budget of <see cref="AddCreditBudget"/> in a ledger that several processes can share.</summary>
    /// <param name="builder">The registration.</param>
    /// <param name="create">Creates the ledger from the app's services; called once. The container disposes the ledger. The factory
    /// must not resolve <see cref="ICreditLedger"/> itself, only concrete types.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaNanoBananaBuilder AddCreditLedger(this IImaNanoBananaBuilder builder, Func<IServiceProvider, ICreditLedger> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        return builder.AddOwn(create);
    }

    /// <summary>
    /// Counts the budget of <see cref="AddCreditBudget"/> in a folder, so that it survives restarts and all processes that share the
    /// folder spend one budget. The journal of the client decides what became of the reservations of processes that are gone.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="folder">The folder, on a disk that outlives the process; it may be that of <see cref="AddFileJournal"/>. It is created
    /// with the first reservation.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    /// <example>
    /// <code>
    /// builder.Services.AddImaNanoBanana()
    ///     .AddFileJournal("/var/lib/my-app/images")
    ///     .AddFileCreditLedger("/var/lib/my-app/images")
    ///     .AddCreditBudget(500, TimeSpan.FromDays(1));
    /// </code>
    /// </example>
    public static IImaNanoBananaBuilder AddFileCreditLedger(this IImaNanoBananaBuilder builder, string folder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return builder.AddCreditLedger(provider => new FileCreditLedger(
            folder,
            builder.Name.Length == 0
                ? provider.GetService<ITaskJournal>()
                : provider.GetKeyedService<ITaskJournal>(builder.Name)));
    }

    /// <summary>
    /// Sends the requests of the client when a gate permits it. Several clients or processes that use one account can share the gate.
    /// It replaces <see cref="ImaNanoBananaOptions.RequestsPerSecond"/>.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="create">Creates the gate from the app's services; called once. The container disposes the gate. The factory
    /// must not resolve <see cref="IRequestGate"/> itself, only concrete types.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IImaNanoBananaBuilder AddRequestGate(this IImaNanoBananaBuilder builder, Func<IServiceProvider, IRequestGate> create)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(create);
        return builder.AddOwn(create);
    }

    /// <returns>A budget in the ledger of the registration; in memory if it has none.</returns>
    internal static CreditBudget CreateBudget(IServiceProvider provider, string name, decimal credits, TimeSpan? period)
    {
        var isKeyed = name.Length > 0;
        var ledger = isKeyed ? provider.GetKeyedService<ICreditLedger>(name) : provider.GetService<ICreditLedger>();
        return ledger is null
            ? new CreditBudget(credits, period, provider.GetService<TimeProvider>())
            : new CreditBudget(ledger, new CreditAccount(isKeyed ? name : "default", credits, period));
    }

    private static IImaNanoBananaBuilder AddOwn<T>(this IImaNanoBananaBuilder builder, Func<IServiceProvider, T> create)
        where T : class
    {
        if (builder.Name.Length == 0)
        {
            builder.Services.AddSingleton(create);
        }
        else
        {
            builder.Services.AddKeyedSingleton(builder.Name, (provider, _) => create(provider));
        }

        return builder;
    }
}
