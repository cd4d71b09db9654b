using ImaNanoBanana.Testing;
using ImaNanoBanana.Tests.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImaNanoBanana.Tests.DependencyInjection;

/// <summary>Several tenants in one container share no state. Sets the environment.</summary>
public sealed class KeyedClientsTests : IDisposable
{
    private readonly ScriptedHandler _a = new();
    private readonly ScriptedHandler _b = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }

    [Fact]
    public async Task Each_tenant_has_its_own_key_list_journal_and_limiter()
    {
        var services = new ServiceCollection().AddSingleton<TimeProvider>(new TestTimeProvider());
        services.AddKeyedImaNanoBanana(
            "tenant-a", options => (options.ApiKey, options.RequestBurst, options.RequestsPerSecond) = ("ima_key_a", 4, 0.001))
            .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _a));
        services.AddKeyedImaNanoBanana("tenant-b", options => options.ApiKey = "ima_key_b")
            .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _b));
        await using var provider = services.BuildServiceProvider();
        var (a, b) = (
            provider.GetRequiredKeyedService<IImaImageClient>("tenant-a"), provider.GetRequiredKeyedService<IImaImageClient>("tenant-b"));
        var request = new ImageRequest("a puppy") { IdempotencyKey = "order-1" };

        // The burst of the first tenant is used up: list, create, list again, create.
        await a.SubmitAsync(request, Token);
        await a.SubmitAsync(request with { IdempotencyKey = "order-2" }, Token);
        await a.GetStatusAsync(new ImageTask("task_1"), Token);
        for (var submission = 1; submission <= 5; submission++)
        {
            await b.SubmitAsync(request with { IdempotencyKey = $"order-{submission}", Prompt = "a kitten" }, Token);
        }

        Assert.All(_a.Heads, head => Assert.Contains("Bearer ima_key_a", head.Head, StringComparison.Ordinal));
        Assert.All(_b.Heads, head => Assert.Contains("Bearer ima_key_b", head.Head, StringComparison.Ordinal));
        Assert.Equal((1, 2, 1, 5), (_a.Count("list"), _a.Count("create"), _b.Count("list"), _b.Count("create")));
        Assert.NotSame(
            provider.GetRequiredKeyedService<ITaskJournal>("tenant-a"), provider.GetRequiredKeyedService<ITaskJournal>("tenant-b"));
        Assert.Null(provider.GetService<IImaImageClient>());
        Assert.Same(a, provider.GetRequiredKeyedService<IImaImageClient>("tenant-a"));
    }

    [Fact]
    public async Task Tenants_share_a_journal_folder_and_no_idempotency_key()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var services = new ServiceCollection().AddSingleton<TimeProvider>(new TestTimeProvider());
            services.AddKeyedImaNanoBanana("tenant-a", options => options.ApiKey = "ima_key_a").AddFileJournal(folder.FullName)
                .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _a));
            services.AddKeyedImaNanoBanana("tenant-b", options => options.ApiKey = "ima_key_b").AddFileJournal(folder.FullName)
                .ConfigureHttpClients(http => http.ConfigurePrimaryHttpMessageHandler(() => _b));
            await using var provider = services.BuildServiceProvider();
            var request = new ImageRequest("a puppy") { IdempotencyKey = "order-1" };

            await provider.GetRequiredKeyedService<IImaImageClient>("tenant-a").SubmitAsync(request, Token);
            await provider.GetRequiredKeyedService<IImaImageClient>("tenant-b").SubmitAsync(request with { Prompt = "a kitten" }, Token);

            Assert.Equal(2, folder.GetFiles().Length);
            Assert.Equal(
                "tenant-a", (await provider.GetRequiredKeyedService<ITaskJournal>("tenant-a").FindAsync("order-1", Token))!.Registration);
        }
        finally
        {
            TestFolder.Delete(folder);
        }
    }

    [Fact]
    public async Task Keyed_and_unnamed_clients_use_their_own_simulators_side_by_side()
    {
        var services = new ServiceCollection();
        services.AddImaNanoBanana().UseSimulator();
        services.AddKeyedImaNanoBanana("tenant-a", _ => { }).UseSimulator().AddCreditBudget(6);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IImaImageClient>().SubmitAsync(new ImageRequest("a puppy"), Token);
        var tenant = provider.GetRequiredKeyedService<IImaImageClient>("tenant-a");
        await tenant.SubmitAsync(new ImageRequest("a kitten"), Token);

        Assert.Equal("a puppy", Assert.Single(provider.GetRequiredService<ImaSimulator>().Charges).Prompt);
        Assert.Equal("a kitten", Assert.Single(provider.GetRequiredKeyedService<ImaSimulator>("tenant-a").Charges).Prompt);
        Assert.Equal(0, provider.GetRequiredKeyedService<CreditBudget>("tenant-a").Usage.Remaining);
        Assert.Null(provider.GetService<CreditBudget>());
        Assert.Equal(
            ImaErrorKind.BudgetExceeded,
            (await Assert.ThrowsAsync<ImaException>(() => tenant.SubmitAsync(new ImageRequest("a kitten"), Token))).Kind);
    }

    [Fact]
    public void Tenant_without_a_key_does_not_use_the_key_of_the_environment()
    {
        using var environment = new EnvironmentVariable("IMA_API_KEY", "ima_key_of_the_owner");
        var services = new ServiceCollection();
        services.AddKeyedImaNanoBanana("tenant-a", _ => { });
        services.AddImaNanoBanana();
        using var provider = services.BuildServiceProvider();

        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredKeyedService<IImaImageClient>("tenant-a"));

        Assert.StartsWith("ApiKey of 'tenant-a' is missing", Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.NotNull(provider.GetRequiredService<IImaImageClient>());
    }

    [Fact]
    public void Invalid_arguments_are_reported_by_name()
    {
        var services = new ServiceCollection();

        Assert.Throws<ArgumentException>("name", () => services.AddKeyedImaNanoBanana(" ", _ => { }));
        Assert.Throws<ArgumentNullException>(
            "configure", () => services.AddKeyedImaNanoBanana("tenant-a", (Action<ImaNanoBananaOptions>)null!));
        Assert.Throws<ArgumentNullException>(
            "section", () => services.AddKeyedImaNanoBanana("tenant-a", (Microsoft.Extensions.Configuration.IConfiguration)null!));
        Assert.Throws<ArgumentException>("folder", () => services.AddImaNanoBanana().AddFileJournal(""));
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => services.AddImaNanoBanana().AddCreditBudget(-1));
        Assert.Throws<ArgumentOutOfRangeException>("period", () => services.AddImaNanoBanana().AddCreditBudget(1, TimeSpan.Zero));
        Assert.Throws<ArgumentNullException>("configure", () => services.AddImaNanoBanana().ConfigureHttpClients(null!));
    }
}
