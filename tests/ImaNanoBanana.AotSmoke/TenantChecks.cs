using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace ImaNanoBanana.AotSmoke;

/// <summary>Clients of tenants that are known only at run time.</summary>
internal static class TenantChecks
{
    public static IEnumerable<Check> All =>
    [
        new("clients of tenants", ClientsAsync),
        new("keys of tenants", KeysAsync),
    ];

    private static async Task ClientsAsync()
    {
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new TestTimeProvider());
        services.AddImaImageClientFactory(
                (_, tenantId, _) => ValueTask.FromResult<string?>("ima_key_of_" + tenantId), options => options.MaxClients = 10)
            .AddFileJournal(folder.Path)
            .AddCreditBudget(10, TimeSpan.FromDays(1))
            .AddRequestGate((_, _) => null)
            .ConfigureOptions((_, options) => options.MaxCredits = 20)
            .ConfigureHttpClients(_ => { })
            .UseSimulator();
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IImaImageClientFactory>();

        foreach (var tenantId in new[] { "a", "b" })
        {
            await factory.CreateClient(tenantId).SubmitAsync(new ImageRequest("a puppy") { IdempotencyKey = "order-1" });
        }

        factory.Refresh("a");
        var refused = await Expect.ThrowsAsync<ImaException>(() => factory.CreateClient("a").SubmitAsync(new ImageRequest("a puppy")));
        var entry = await factory.GetJournal("b").FindAsync("order-1");
        var usage = await factory.GetBudgetUsageAsync("b");
        var charged = provider.GetRequiredService<ImaSimulator>().Charges.Count;
        Expect.Equal($"BudgetExceeded b 4 2", $"{refused.Kind} {entry?.Registration} {usage?.Remaining} {charged}");
    }

    private static async Task KeysAsync()
    {
        var services = new ServiceCollection();
        services.AddImaImageClientFactory().AddJournal((_, _) => new FileTaskJournal("unused")).UseSimulator();
        services.AddImaImageClientFactory().AddCreditBudget((_, _) => null);
        await using var provider = services.BuildServiceProvider();
        var factory = provider.GetRequiredService<IImaImageClientFactory>();

        var missing = await Expect.ThrowsAsync<ImaException>(() => factory.CreateClient("a").ListModelsAsync());
        var models = await factory.CreateClient("a", "ima_key_of_a").ListModelsAsync();

        Expect.Equal($"Unauthorized True", $"{missing.Kind} {models.Count > 0}");
    }
}
