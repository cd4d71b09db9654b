using ImaNanoBanana;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What can be added to a registration of the client.</summary>
public static class ImaNanoBananaBuilderExtensions
{
    /// <summary>
    /// Lets the client keep its purchases in a folder, so that they survive a crash and an idempotency key is bought once by
    /// all processes that share the folder; see docs/resume.md. Several keyed clients may share one folder.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="folder">The folder, on a disk that outlives the process; created with the first order.</param>
    /// <param name="retention">How long finished purchases are kept; 30 days when null.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="folder"/> is empty.</exception>
    public static IImaNanoBananaBuilder AddFileJournal(this IImaNanoBananaBuilder builder, string folder, TimeSpan? retention = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return builder.AddOwn<ITaskJournal>(provider =>
            new FileTaskJournal(folder, builder.Name, retention, provider.GetService<TimeProvider>()));
    }

    /// <summary>
    /// Lets the client spend no more than this, over all its calls: an order that would is refused before it is sent
    /// (<see cref="ImaErrorKind.BudgetExceeded"/>). The <see cref="CreditBudget"/> is in the container.
    /// </summary>
    /// <param name="builder">The registration.</param>
    /// <param name="credits">The most credits.</param>
    /// <param name="period">In any stretch of time of this length; null for as long as the process lives, and all that its
    /// journal holds.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="credits"/> is negative, or <paramref name="period"/> not
    /// above zero.</exception>
    public static IImaNanoBananaBuilder AddCreditBudget(this IImaNanoBananaBuilder builder, decimal credits, TimeSpan? period = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CreditBudget.Check(credits, period);
        return builder.AddOwn(provider => new CreditBudget(credits, period, provider.GetService<TimeProvider>()));
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
