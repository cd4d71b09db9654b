using System.Diagnostics.CodeAnalysis;
using ImaNanoBanana.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ImaNanoBanana.Tests.Docs;

/// <summary>The C# of docs/tenants.md, compiled and run; the journal in PostgreSQL is only created.</summary>
[SuppressMessage("Design", "CA1034", Justification = "Shown as an app's own class would be written.")]
public sealed class TenantsSnippets
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tenants_draw_and_resume()
    {
        using var folder = new TestFolder();
        using var simulator = new ImaSimulator { ProcessingTime = TimeSpan.Zero };
        var services = new ServiceCollection().AddScoped(_ => new TenantDatabase("ima_key_of_")).AddSingleton<TenantImages>();
        Register(services, folder.Path);
        services.AddImaImageClientFactory().UseSimulator(simulator);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IImaImageClientFactory>();

        Assert.Single((await provider.GetRequiredService<TenantImages>().DrawAsync("tenant-a", "a puppy", Token)).Images);
        await factory.CreateClient("tenant-b").SubmitAsync(new ImageRequest("a kitten"), Token);
        await ResumeAsync(factory, ["tenant-a", "tenant-b"], Token);
        await Passed(factory, "tenant-c", "ima_key_of_c").SubmitAsync(new ImageRequest("a bird"), Token);

        Refresh(factory, "tenant-b");
        Assert.Equal(3, simulator.Charges.Count);
        Assert.Equal(494, (await factory.GetBudgetUsageAsync("tenant-b", Token))!.Value.Remaining);
        Assert.Empty(await AllAsync(factory.GetJournal("tenant-b").ListAsync(new TaskJournalFilter(), Token)));
    }

    [Fact]
    public async Task Journal_and_budget_belong_to_the_tenant()
    {
        await using var dataSource = NpgsqlDataSource.Create("Host=127.0.0.1;Port=9");
        var services = new ServiceCollection().AddSingleton(new Plans(30));
        Register(services, dataSource);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IImaImageClientFactory>();

        Assert.Equal(new CreditUsage(0, 0, 30), await factory.GetBudgetUsageAsync("small", Token));
        Assert.Null(await factory.GetBudgetUsageAsync("large", Token));
    }

    private static ValueTask<string?> FindApiKeyAsync(IServiceProvider scope, string tenantId, CancellationToken cancellationToken) =>
        ValueTask.FromResult<string?>("ima_key_of_" + tenantId);

    private static void Register(IServiceCollection services, string folder)
    {
        // >>>
        services.AddImaImageClientFactory((scope, tenantId, cancellationToken) =>
                scope.GetRequiredService<TenantDatabase>().FindApiKeyAsync(tenantId, cancellationToken))
            .AddFileJournal(folder)
            .AddCreditBudget(500, TimeSpan.FromDays(1))
            .ConfigureOptions((tenantId, options) => options.RequestsPerSecond = 2);
        // <<<
    }

    // >>>
    public sealed class TenantImages(IImaImageClientFactory factory)
    {
        public Task<ImageResult> DrawAsync(string tenantId, string prompt, CancellationToken cancellationToken) =>
            factory.CreateClient(tenantId).GenerateAsync(new ImageRequest(prompt), cancellationToken);
    }
    // <<<

    private static IImaImageClient Passed(IImaImageClientFactory factory, string tenantId, string apiKey)
    {
        // >>>
        var client = factory.CreateClient(tenantId, apiKey);
        // <<<
        return client;
    }

    private static void Refresh(IImaImageClientFactory factory, string tenantId)
    {
        // >>>
        factory.Refresh(tenantId);
        // <<<
    }

    private static void Register(IServiceCollection services, NpgsqlDataSource dataSource)
    {
        // >>>
        services.AddImaImageClientFactory(FindApiKeyAsync)
            .AddJournal((_, tenantId) => new PostgreSqlTaskJournal(dataSource, tenantId))
            .AddCreditBudget((scope, tenantId) => scope.GetRequiredService<Plans>().CreditsOf(tenantId) is { } credits
                ? new CreditBudget(credits, TimeSpan.FromDays(30))
                : null);
        // <<<
    }

    private static async Task ResumeAsync(IImaImageClientFactory factory, string[] tenants, CancellationToken cancellationToken)
    {
        // >>>
        foreach (var tenantId in tenants)
        {
            await foreach (var outcome in factory.CreateClient(tenantId).ResumeAsync(cancellationToken: cancellationToken))
            {
                Console.WriteLine($"{tenantId} {outcome.IdempotencyKey}: {outcome.Result?.Images.Count ?? 0} images");
            }
        }
        // <<<
    }

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }

    private sealed class TenantDatabase(string prefix)
    {
        public ValueTask<string?> FindApiKeyAsync(string tenantId, CancellationToken cancellationToken) =>
            ValueTask.FromResult<string?>(prefix + tenantId);
    }

    private sealed class Plans(decimal credits)
    {
        public decimal? CreditsOf(string tenantId) => tenantId == "small" ? credits : null;
    }
}
